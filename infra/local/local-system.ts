import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings, SettingsInput } from '../../shared/settings.ts';
import { readConfig } from '../config.ts';
import { synthesise } from './assembly/synthesise.ts';
import type { Assembly } from './assembly/template.ts';
import { deploy, startEngines, type Cloud, type Engines } from './cloud.ts';
import { fileLog, type FunctionLog } from './functions/function-log.ts';
import { withoutPermission, type Permission } from './iam/without.ts';
import {
  decryptionSecret,
  makeIdentities,
  signingSecret,
  type Identities,
} from './certificates/identities.ts';
import { laidOver } from './laid-over.ts';
import { startAll } from './process/start-all.ts';
import { relaySecretOf, relayUrlOf, type RelayName } from './relay-wiring.ts';
import { runFolder, STATE } from './process/state-folder.ts';
import { createCustomResources } from './custom-resources/create.ts';
import { relayOf, stageFor, type Stage } from './stage.ts';
import { configurationSetsOf } from './world/ses/configuration-sets.ts';
import { userPoolOf } from './world/user-pool.ts';
import { startWorld, type World, type WorldOptions } from './world.ts';

export interface LocalSystemOptions {
  /** One that has a file in infra/config: its templates are run, with the settings of the file. @default that of this machine */
  readonly stage?: string;
  /** Over those of the stage; deadlines, anchors and the like cost no new synthesis. */
  readonly settings?: Partial<SettingsInput>;
  /** Free ones unless given. */
  readonly ports?: { readonly api?: number; readonly portal?: number } & WorldOptions['ports'];
  /** Instead of the ones that the local system makes. */
  readonly identities?: Identities;
  /** How the partner differs from a HISP that answers everything. */
  readonly partner?: WorldOptions['partner'];
  /** The one of the stage's kind; `smtp`, the partner's own door, unless given. */
  readonly relay?: RelayName;
  /** By the domain of the recipient, the relays that are not that one. */
  readonly routes?: Readonly<Record<string, RelayName>>;
  /** A set of receipt rules of SES that somebody else has active before the system is deployed. */
  readonly activeRuleSet?: string;
  /** Taken from the role of a function, to see what comes of it. */
  readonly without?: Permission;
  /** A relay that is not of this world, instead. */
  readonly relayUrl?: string;
  /** Another DNS than the local one: host:port. */
  readonly resolvers?: string;
  /** A door of its own for systems with a certificate of `identities.systems`, whose client the settings then name. */
  readonly mutualTls?: boolean;
  /** How long a minute of a schedule lasts: 60 unless given. */
  readonly minuteLastsSeconds?: number;
  /** Gets every line that a function prints, besides the log file. */
  readonly echo?: (line: string) => void;
}

/** The whole system and the world around it, on loopback. */
export interface LocalSystem extends Omit<World, 'connect'> {
  readonly apiUrl: string;
  /** The hosted pages, where the stage has any. */
  readonly portalUrl: string | undefined;
  /** The same by mutual TLS, where it was asked for. */
  readonly systemsUrl: string | undefined;
  readonly identities: Identities;
  readonly settings: Settings;
  readonly engines: Engines;
  readonly cloud: Cloud;
  /** What functions printed. */
  readonly logFile: string;
  /** Ends all environments of a function, `send-transmission` for example, also in the middle of its work. */
  killWorkers(functionName: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the system as it would be deployed, in a few seconds: the CDK app is synthesised once for the same sources,
 * while Java starts and keys are made.
 *
 * @throws Error with what to do about it, when Java is missing or a port is taken; nothing is left running then
 */
export async function startLocalSystem(options: LocalSystemOptions = {}): Promise<LocalSystem> {
  const folder = runFolder();
  const log = fileLog(join(folder, 'functions.log'), options.echo);
  try {
    return await start(options, folder, log);
  } catch (error) {
    await log.close();
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function start(
  options: LocalSystemOptions,
  folder: string,
  log: FunctionLog,
): Promise<LocalSystem> {
  const begun = await begin(options);
  const { engines, world, assembly } = begun;
  try {
    const settings = settingsIn(folder, options, begun);
    const cloud = await deploy({
      engines,
      assembly: options.without ? withoutPermission(assembly, options.without) : assembly,
      parameters: parametersFor(world, options),
      secrets: secretsFor(begun),
      variables: variablesFor(world, folder),
      log,
      minuteLastsSeconds: options.minuteLastsSeconds,
    });
    await finish(begun, cloud);
    return {
      ...world,
      apiUrl: engines.api.url,
      portalUrl: cloud.portalUrl,
      systemsUrl: options.mutualTls
        ? await engines.api.openToSystems(begun.identities.systems)
        : undefined,
      identities: begun.identities,
      settings,
      engines,
      cloud,
      logFile: join(folder, 'functions.log'),
      killWorkers: (name) =>
        cloud.functions.get(`direct-transmit-${begun.stage.name}-${name}`).killWorkers(),
      close: () => closed([cloud, begun, log], folder),
    };
  } catch (error) {
    await begun.close();
    throw error;
  }
}

/** What takes a world and functions: then the deployment is over, or has failed. */
async function finish({ engines, world, assembly }: Begun, cloud: Cloud): Promise<void> {
  world.connect(cloud.mail, engines.api.url);
  world.ses.connect(configurationSetsOf(cloud.deployment, engines.queues));
  world.issuer.standFor(userPoolOf(cloud.deployment, cloud.functions));
  cloud.mail.follow(() => world.ses.activeRuleSet);
  try {
    await createCustomResources(assembly, cloud.deployment, cloud.functions);
  } catch (error) {
    await cloud.close();
    throw error;
  }
}

async function closed(
  things: readonly { readonly close: () => Promise<void> }[],
  folder: string,
): Promise<void> {
  for (const each of things) await each.close();
  rmSync(folder, { recursive: true, force: true });
}

interface Begun {
  readonly stage: Stage;
  readonly engines: Engines;
  readonly world: World;
  readonly identities: Identities;
  readonly assembly: Assembly;
  readonly close: () => Promise<void>;
}

/** All that takes time, at once. */
async function begin(options: LocalSystemOptions): Promise<Begun> {
  const { partner, ports = {}, activeRuleSet } = options;
  const stage = stageFor(options);
  const identities = Promise.resolve(options.identities ?? makeIdentities(stage));
  const [assembly, started] = await Promise.allSettled([
    synthesise(stage.written, join(STATE, 'assemblies')),
    startAll({
      engines: startEngines(ports),
      world: identities.then((made) =>
        startWorld({
          identities: made,
          ports,
          ...(partner && { partner }),
          ...(activeRuleSet && { activeRuleSet }),
        }),
      ),
    }),
  ]);
  if (started.status === 'rejected') throw started.reason;
  const { values, close } = started.value;
  if (assembly.status === 'fulfilled') {
    return { ...values, stage, identities: await identities, assembly: assembly.value, close };
  }
  await close();
  throw assembly.reason;
}

/** The settings of this run, in a file that the functions read instead of the one in their bundles. */
function settingsIn(folder: string, options: LocalSystemOptions, begun: Begun): Settings {
  const { stage, assembly } = begun;
  const file = join(folder, 'config.json');
  const deployment = { identity: hasUserPool(assembly) ? 'cognito' : 'issuer' };
  writeFileSync(file, JSON.stringify({ deployment, ...laidOver(stage, options, begun) }));
  const { settings } = readConfig({ stage: stage.name, file, runs: 'here' });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
  return settings;
}

const secretsFor = ({ world, identities }: Begun) => ({
  Signing: signingSecret(identities.holder),
  Decryption: decryptionSecret(identities.holder),
  Relay: relaySecretOf(world, identities),
});

const parametersFor = (world: World, options: LocalSystemOptions) => ({
  RelayUrl: options.relayUrl ?? relayUrlOf(relayFor(options), world),
  Resolvers: options.resolvers ?? world.dns.address,
  IssuerUrl: world.issuer.url,
  Audience: world.issuer.audience,
  PortalClient: 'local-portal',
  AuthorizeUrl: `${world.issuer.url}/authorize`,
  TokenUrl: `${world.issuer.url}/token`,
});

const relayFor = ({ relay, stage }: LocalSystemOptions): RelayName =>
  relay ?? (stage === undefined ? 'smtp' : relayOf(stage));

const hasUserPool = ({ stacks }: Assembly): boolean =>
  stacks.some(({ template }) =>
    Object.values(template.Resources).some(({ Type: type }) => type === 'AWS::Cognito::UserPool'),
  );

/** Over those of the template. */
const variablesFor = ({ issuer, ses, kms }: World, folder: string) => ({
  // Also where the template has a user pool, for which it stands.
  ISSUER_URL: issuer.url,
  SETTINGS_FILE: join(folder, 'settings.json'),
  AWS_ENDPOINT_URL_SES: ses.endpoint,
  AWS_ENDPOINT_URL_KMS: kms.endpoint,
});
