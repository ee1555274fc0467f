import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DirectAddress } from '../../shared/ids.ts';
import type { SettingsInput } from '../../shared/settings.ts';
import { CONFIG, readConfig } from '../config.ts';
import { REGION } from './assembly/physical.ts';
import { HOLDER_ADDRESS, type Identities } from './certificates/identities.ts';
import { relayNamed, templateFor, type RelayName, type Routing } from './relay-wiring.ts';

/** A stage that runs here: by its own file, as it would be deployed, or the one that is for this machine. */
export interface Stage {
  readonly name: string;
  /** What is synthesised. */
  readonly written: object;
  /** What of it functions read, before the world around them here is laid over. */
  readonly settings: Pick<SettingsInput, 'holderName' | 'senders'> & Partial<SettingsInput>;
  /** For which this machine makes identities. */
  readonly addresses: readonly DirectAddress[];
}

const LOCAL: Stage['settings'] = {
  holderName: 'Example Health',
  senders: [
    {
      address: HOLDER_ADDRESS,
      name: 'Example Health',
      organizationOid: '2.999.1',
      contact: 'Health records office, +1 555 0100',
    },
  ],
};

/** The template does not depend on whom functions trust; what they read themselves says that. */
const NO_ANCHORS = ['-----BEGIN CERTIFICATE-----'];

export interface Wanted extends Routing {
  /** Of a file in infra/config. @default the stage of this machine */
  readonly stage?: string;
  readonly relay?: RelayName;
  readonly settings?: Partial<SettingsInput>;
  readonly identities?: Identities;
}

/** @throws ConfigError when its file is not there, or not as it may be deployed */
export function stageFor(wanted: Wanted): Stage {
  if (wanted.stage !== undefined) return stageOfFile(wanted.stage);
  const name = 'local';
  const settings = { ...LOCAL, senders: wanted.settings?.senders ?? LOCAL.senders };
  const { kms } = wanted.identities?.holder ?? {};
  const template = templateFor(wanted.relay ?? 'smtp', wanted, kms ? [kms.keyArn] : []);
  return {
    name,
    settings,
    addresses: [HOLDER_ADDRESS],
    written: { stage: name, ...settings, ...template, anchors: NO_ANCHORS },
  };
}

/** By which relay of this machine copies of a stage leave. @throws ConfigError like `stageFor` */
export const relayOf = (stage: string): RelayName =>
  relayNamed(readConfig({ stage }).deployment.relayUrl ?? '');

interface File extends Partial<SettingsInput> {
  readonly $schema?: string;
  readonly deployment?: object;
}

/** What is laid over its file is the region alone, which is one and the same for all that runs here. */
function stageOfFile(name: string): Stage {
  const { settings: checked } = readConfig({ stage: name });
  const text = readFileSync(join(CONFIG, `${name}.json`), 'utf8');
  const { $schema: _, deployment, ...settings } = JSON.parse(text) as File;
  const { holderName } = checked;
  return {
    name,
    written: { ...settings, stage: name, deployment: { ...deployment, region: REGION } },
    settings: { ...settings, holderName, senders: checked.senders },
    addresses: checked.senders.map(({ address }) => address),
  };
}
