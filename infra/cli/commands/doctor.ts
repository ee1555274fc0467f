import type { DirectAddress } from '../../../shared/ids.ts';
import type { Certificate } from '../../../shared/trust/certificate.ts';
import { anchorsOf } from '../../../shared/trust/anchors.ts';
import type { Hosting } from '../../../shared/trust/hosting.ts';
import { checkPublished, type PublishedAnswer } from '../../../shared/trust/published.ts';
import { readCertificate } from '../certificates/read-identity.ts';
import { readAnchors } from '../certificates/read-anchors.ts';
import type { Config } from '../../config.ts';
import { codeInWords, UsageError, type Command, type Report } from '../command.ts';
import { directAddress, needed, onlyOne, readArgs } from '../command-line.ts';
import { outside, OUTSIDE_NOTES, OUTSIDE_OPTIONS, OUTSIDE_USAGE } from '../outside.ts';
import { adviceOn, FINDINGS } from '../own/advice.ts';
import { own } from '../own/read-own.ts';
import { adviceOnRelays } from '../own/relay-advice.ts';
import { stageConfig } from '../own/stage-settings.ts';

/** Whether answers can reach us: what others find when they look for our certificate, and what is to be done. */
export const doctorCommand: Command = {
  usage: `doctor ADDRESS --cert FILE (--anchor FILE … | --settings FILE) ${OUTSIDE_USAGE}`,
  does: 'Looks for our own certificate as a stranger does, at every place, and says what is missing.',
  notes: [
    '--cert: the certificate that should be found, in PEM or DER.',
    '--anchor: the authorities that a stranger goes by; --settings: those of a stage, as infra/config/sandbox.json.',
    'With --settings it also says what is to be known of the relays of the stage.',
    ...OUTSIDE_NOTES,
  ],

  async run(args) {
    const { values, positionals } = readArgs(args, {
      cert: { type: 'string' },
      anchor: { type: 'string', multiple: true },
      settings: { type: 'string' },
      ...OUTSIDE_OPTIONS,
    });
    const address = directAddress(onlyOne(positionals, 'address of ours'));
    const file = needed(values.cert, 'our certificate with --cert FILE');
    const { certificate } = own(file, (await readCertificate(file)).raw);
    const config = values.settings === undefined ? undefined : stageConfig(values.settings);
    const anchors = await anchorsFrom(values.anchor, config);
    const ports = { ...outside(values), anchors };
    const answer = await checkPublished({ address, certificate }, ports);
    return describe(address, certificate, answer, config ? adviceOnRelays(config) : []);
  },
};

function describe(
  address: DirectAddress,
  ours: Certificate,
  answer: PublishedAnswer,
  warnings: readonly string[],
): Report {
  const { hostings, stranger, isOurs, expiresSoon } = answer;
  const advice = adviceOn(answer, ours);
  const ok = stranger.ok && isOurs;
  return {
    ok,
    lines: [...hostings.map(lineOf), ...advice, ...warnings],
    json: {
      address,
      certificate: ours.fingerprint,
      ...(stranger.ok
        ? { stage: stranger.value.stage, daysLeft: stranger.value.daysLeft }
        : stranger.failure),
      isOurs,
      expiresSoon,
      hostings,
      advice,
      warnings,
    },
    summary: ok
      ? `${address}: others find it at ${stranger.value.stage} and trust it; ${stranger.value.daysLeft} days left`
      : `${address}: ${advice.length} to do before answers can be relied on`,
  };
}

const lineOf = ({ id, stage, finding, code, found }: Hosting): string => {
  const why = finding === 'unanswered' && code !== undefined ? ` (${codeInWords(code)})` : '';
  return `${id} ${stage.padEnd(12)} ${found} found: ${FINDINGS[finding]}${why}`;
};

async function anchorsFrom(
  files: readonly string[] | undefined,
  config: Config | undefined,
): Promise<readonly Certificate[]> {
  const named = (await Promise.all((files ?? []).map(readAnchors))).flat();
  const configured = config ? anchorsOf(config.settings) : [];
  const anchors = [...named, ...configured];
  if (anchors.length > 0) return anchors;
  throw new UsageError('Name the authorities with --anchor FILE, or with --settings FILE.');
}
