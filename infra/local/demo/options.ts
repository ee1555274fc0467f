import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { PartnerMode } from '../partner/judge.ts';
import { permissionIn, type Permission } from '../iam/without.ts';
import { RELAYS, type RelayName } from '../relay-wiring.ts';
import { relayOf } from '../stage.ts';

const MODES: readonly PartnerMode[] = ['normal', 'strict'];

const USAGE = `usage: npm run demo [-- [--stage NAME | --relay ${RELAYS.join('|')}] [--partner ${MODES.join('|')}]
                        [--record FILE] [--without FUNCTION:SERVICE:ACTION] [--json] [--verbose]]

  --stage    runs the templates of infra/config/NAME.json, with the relay and the settings that it has
  --relay    how copies leave: by our own mail server (smtp, unless given), by Amazon SES, or in
             clear through somebody else's HISP, by SMTP submission or by XDR
  --partner  how the recipient's HISP is: normal (unless given), or strict as the Java reference
             implementation with its tamper checks on, which answers nothing that SES sends
  --record   a C-CDA file instead of the sample records
  --without  takes a permission from a function’s role, to see that the demo fails and says which
  --json     standard output is one JSON value, and what is done is told on standard error
  --verbose  also what the functions print`;

export interface DemoOptions {
  readonly stage?: string;
  readonly relay: RelayName;
  readonly partner: PartnerMode;
  /** The bytes of the file, instead of the sample records. */
  readonly record?: Uint8Array;
  /** Taken from a role. */
  readonly without?: Permission;
  readonly verbose: boolean;
}

/** @returns what is wrong with them, for people, when they cannot be followed */
export function readOptions(args: readonly string[]): DemoOptions | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        stage: { type: 'string' },
        relay: { type: 'string' },
        partner: { type: 'string' },
        record: { type: 'string' },
        without: { type: 'string' },
        json: { type: 'boolean' },
        verbose: { type: 'boolean', default: false },
      },
    });
    const relay = relayIn(values);
    const partner = oneOf('partner', MODES, values.partner ?? 'normal');
    if (values.partner !== undefined && relay.startsWith('hisp-')) {
      throw new Error(`--relay ${relay} hands copies to another HISP: none meets --partner`);
    }
    const record = values.record === undefined ? {} : { record: readRecord(values.record) };
    const without = values.without === undefined ? {} : { without: permissionIn(values.without) };
    const stage = values.stage === undefined ? {} : { stage: values.stage };
    return { ...stage, relay, partner, verbose: values.verbose, ...record, ...without };
  } catch (error) {
    return `${(error as Error).message}\n${USAGE}`;
  }
}

/** A stage has a relay of its own, and the permission to send by it alone. */
function relayIn({
  stage,
  relay,
}: {
  readonly stage?: string | undefined;
  readonly relay?: string | undefined;
}): RelayName {
  if (stage === undefined) return oneOf('relay', RELAYS, relay ?? 'smtp');
  if (relay === undefined) return relayOf(stage);
  throw new Error(`--stage ${stage} says itself how copies leave: leave --relay out`);
}

function oneOf<Name extends string>(option: string, names: readonly Name[], given: string): Name {
  const name = names.find((each) => each === given);
  if (name) return name;
  throw new Error(`There is no --${option} "${given}"; there is ${names.join(', ')}`);
}

/** npm runs in the project's folder; the file is named from where npm was called. */
const readRecord = (file: string): Uint8Array =>
  readFileSync(resolve(process.env['INIT_CWD'] ?? '.', file));
