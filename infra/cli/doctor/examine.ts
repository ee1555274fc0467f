import { s3Anchors } from '../../../shared/adapters/s3-anchors.ts';
import { anchorsOf } from '../../../shared/trust/anchors.ts';
import { allAnchors } from '../../../shared/trust/bundle/all-anchors.ts';
import { readCertificate, type Certificate } from '../../../shared/trust/certificate.ts';
import { certificatesInPem } from '../../../shared/pem.ts';
import { ConfigError, readConfig, type Config, type ConfigSource } from '../../config.ts';
import { readAnchors } from '../certificates/read-anchors.ts';
import { outside } from '../outside.ts';
import { sourceOfFile } from '../own/stage-settings.ts';
import type { Examined } from './check.ts';
import { wrong } from './finding.ts';
import { readLocalInstallation, readOutputs, type Deployed } from './installation.ts';
import type { Line } from './run-checks.ts';

/** What the command was told of where to look. */
export interface Told {
  readonly stage?: string | undefined;
  readonly settings?: string | undefined;
  /** What `npm start` wrote. */
  readonly local?: string | undefined;
  readonly outputs?: string | undefined;
  readonly identitySecrets: readonly string[];
  readonly relaySecret?: string | undefined;
  readonly trustBucket?: string | undefined;
  readonly relayUrl?: string | undefined;
  readonly anchors: readonly string[];
  readonly dns?: string | undefined;
  readonly loopback: boolean;
}

/** What is there to be looked at, or the lines that say why nothing is. */
export type Examination =
  | { readonly kind: 'ready'; readonly examined: Examined; readonly lines: readonly Line[] }
  | { readonly kind: 'hopeless'; readonly stage: string; readonly lines: readonly Line[] };

/** Reads the settings and finds what is deployed of them. @throws CommandError on a file that is not what it should be */
export async function examine(told: Told): Promise<Examination> {
  const local = told.local === undefined ? undefined : await readLocalInstallation(told.local);
  // Before anything asks for a client: the SDK reads them when one is made.
  Object.assign(process.env, local?.environment);
  const source = local ? { stage: 'local', file: local.settings } : sourceOf(told);
  const read = configAt(source);
  const { config } = read;
  if (!config) return { kind: 'hopeless', stage: source.stage, lines: read.lines };
  process.env['AWS_REGION'] ??= config.deployment.region;
  if (process.env['AWS_REGION'] === 'undefined') delete process.env['AWS_REGION'];
  const deployed = await deployedOf(told, local);
  const resolvers = told.dns ?? local?.resolvers ?? config.deployment.resolvers;
  const examined: Examined = {
    config,
    deployed,
    resolvers,
    relayUrl: told.relayUrl ?? local?.relayUrl ?? config.deployment.relayUrl,
    outside: outside({ dns: resolvers, loopback: told.loopback || local !== undefined }),
    anchors: await anchorsFor(config, deployed, told.anchors, local?.anchors ?? []),
    now: () => new Date(),
  };
  return { kind: 'ready', examined, lines: read.lines };
}

const sourceOf = ({ settings, stage = 'sandbox' }: Told): ConfigSource =>
  settings === undefined ? { stage } : sourceOfFile(settings);

/** Texts that are not published yet keep a stage from being deployed, and nothing from being looked at. */
function configAt(source: ConfigSource): {
  readonly config?: Config;
  readonly lines: readonly Line[];
} {
  try {
    return { config: readConfig(source), lines: [] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const lines = [lineOf(error)];
    try {
      return { config: readConfig({ ...source, texts: 'any' }), lines };
    } catch {
      return { lines };
    }
  }
}

const lineOf = ({ message }: ConfigError): Line => ({
  check: 'settings',
  ...wrong(message.replace(/\s*\n\s*/g, ' '), 'Write the settings as docs/settings.md says, and look again.'), // prettier-ignore
});

async function deployedOf(
  told: Told,
  local: Awaited<ReturnType<typeof readLocalInstallation>> | undefined,
): Promise<Deployed> {
  const found: Deployed = local
    ? { ...local, isLocal: true }
    : told.outputs === undefined
      ? { identitySecrets: [] }
      : await readOutputs(told.outputs);
  return {
    ...found,
    identitySecrets: told.identitySecrets.length > 0 ? told.identitySecrets : found.identitySecrets,
    relaySecret: told.relaySecret ?? found.relaySecret,
    trustBucket: told.trustBucket ?? found.trustBucket,
  };
}

/** Of the settings and their bundles, and whom else the operator trusts: our own authority need not be among ours. */
async function anchorsFor(
  { settings }: Config,
  { trustBucket }: Deployed,
  files: readonly string[],
  pems: readonly string[],
): Promise<readonly Certificate[]> {
  const named = (await Promise.all(files.map(readAnchors))).flat();
  const given = pems.flatMap(certificatesInPem).map(readCertificate);
  const ofStage =
    trustBucket === undefined
      ? anchorsOf(settings)
      : // That the bucket cannot be read, the check of the bundles says.
        await allAnchors(settings, s3Anchors(trustBucket)).catch(() => anchorsOf(settings));
  return [...named, ...given.flatMap((each) => (each.ok ? [each.value] : [])), ...ofStage];
}
