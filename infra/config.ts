import { X509Certificate } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import * as z from 'zod';
import {
  issuersOf,
  ON_ONE_MACHINE,
  parseSettings,
  withUserPool,
  type ListedPlace,
  type Settings,
} from '../shared/settings.ts';
import {
  changesOf,
  keyOf,
  named as namedTexts,
  oldNamesIn,
  readConsentTexts,
  readRegister,
  registerIn,
  unpublished,
} from './consent-texts.ts';
import { Deployment, identityOf } from './deployment-settings.ts';
import { readPlaces } from './read-places.ts';

export { isSes, type ApiDomain, type Deployment } from './deployment-settings.ts';

/** Thrown for what the person who deploys can put right; its message is all they need to see. */
export class ConfigError extends Error {}

/** Where the configuration of this installation lies. */
export const CONFIG = join(import.meta.dirname, 'config');

export interface Config {
  readonly settings: Settings;
  readonly deployment: Deployment;
  /** Where patients look for a place to send to. */
  readonly places: readonly ListedPlace[];
}

export interface ConfigSource {
  /** Names `<folder>/<stage>.json`. */
  readonly stage: string;
  /** Read instead of `<folder>/<stage>.json`; may name another stage. */
  readonly file?: string;
  /** @default infra/config */
  readonly folder?: string;
  /** `any` also takes consent texts that are not published yet: for whoever publishes them. */
  readonly texts?: 'published' | 'any';
}

/**
 * Reads the settings of a stage: one JSON object with the fields of `Settings` and, under `deployment`, those of
 * `Deployment`. Fields it leaves out come from files beside it: `anchors/<stage>/*.pem` and
 * `consent-texts/<language>/<version>.md`. The data holder's own list of places is `directory/<stage>.csv`, if there is one.
 * Texts that were published for the stage must be there as they were, and a stage that patients use has no others.
 *
 * @throws ConfigError naming the file and what is wrong in it
 */
export function readConfig({
  stage,
  file,
  folder = CONFIG,
  texts = 'published',
}: ConfigSource): Config {
  const path = file ?? stageFile(stage, folder);
  const { $schema: _, deployment = {}, stage: named = stage, ...settings } = readObject(path);
  return inFile(path, () => {
    // A copied file that still names the other stage would be deployed over it.
    if (!file && named !== stage) throw new Error(`names the stage ${JSON.stringify(named)}`);
    const written = parseSettings({
      stage: named,
      anchors: readAnchors(join(folder, 'anchors', String(named))),
      consentTexts: readConsentTexts(join(folder, 'consent-texts')),
      ...settings,
    });
    const deployed = deploymentOf(String(named), deployment, written);
    return {
      settings: withSignIn(
        withPublishedTexts(written, join(folder, 'consent-texts'), texts),
        deployed,
      ),
      deployment: deployed,
      places: readPlacesOf(join(folder, 'directory', `${String(named)}.csv`)),
    };
  });
}

/** Of a user pool of the stage's own all is known. */
const withSignIn = (settings: Settings, deployment: Deployment): Settings =>
  identityOf(deployment) === 'cognito'
    ? { ...settings, identity: withUserPool(settings.identity) }
    : settings;

/** With the texts as patients read them: what functions are given is what is hashed, and what was published. */
function withPublishedTexts(
  { consentTexts, ...settings }: Settings,
  folder: string,
  allowed: ConfigSource['texts'],
): Settings {
  const { stage, holderName } = settings;
  const published = inFile(registerIn(folder), () => readRegister(folder)[stage] ?? {});
  const wrong = [...changesOf(consentTexts, published)];
  if (allowed === 'published' && !ON_ONE_MACHINE.includes(stage)) {
    const fresh = unpublished(consentTexts, published).map(keyOf);
    wrong.push(
      ...fresh.map((key) => `${key} is not published. If patients are to agree to it as it is: ${publishing(stage)}`), // prettier-ignore
      ...oldNamesIn(consentTexts, holderName, published),
    );
  }
  if (wrong.length > 0) throw new Error(`The consent texts are wrong:\n  ${wrong.join('\n  ')}`);
  return { ...settings, consentTexts: namedTexts(consentTexts, holderName, published) };
}

const publishing = (stage: string): string => `npm run transmit -- publish-text ${stage}`;

function stageFile(stage: string, folder: string): string {
  const stages = globSync('*.json', { cwd: folder }).map((file) => basename(file, '.json'));
  if (stages.includes(stage)) return join(folder, `${stage}.json`);
  throw new ConfigError(
    `There is no stage "${stage}". Known stages: ${stages.sort().join(', ')}. ` +
      `A new one is a file ${display(folder)}/<stage>.json; choose with -c stage=<stage>.`,
  );
}

function readObject(path: string): Record<string, unknown> {
  if (!existsSync(path)) throw new ConfigError(`${display(path)}: there is no such file`);
  return inFile(path, () => {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const object = z.record(z.string(), z.unknown()).safeParse(value);
    if (!object.success) throw new Error('not a JSON object');
    return object.data;
  });
}

/** On a laptop pages come from where they are worked on; what lies there on somebody else's is nobody's portal. */
function deploymentOf(stage: string, value: unknown, { identity }: Settings): Deployment {
  const deployment = parseDeployment(value);
  const onLaptop = deployment.corsOrigins.some((origin) => origin.startsWith('http:'));
  if (onLaptop && !['local', 'test'].includes(stage)) {
    throw new Error('corsOrigins: http://localhost is for the stages local and test only');
  }
  const { issuerUrl: url, audience } = deployment;
  // The authorizer would not start, and the callers be the first to see it.
  if (url !== undefined && audience !== undefined) issuersOf(identity, { url, audience });
  return deployment;
}

function parseDeployment(value: unknown): Deployment {
  const parsed = Deployment.safeParse(value);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(
    (issue) => `  ${['deployment', ...issue.path].join('.')}: ${issue.message}`,
  );
  throw new Error(`The settings are wrong:\n${lines.join('\n')}`);
}

function readPlacesOf(path: string): readonly ListedPlace[] {
  if (!existsSync(path)) return [];
  const { places, faults } = readPlaces(readFileSync(path));
  if (faults.length === 0) return places;
  const lines = faults.map(({ line, says }) => `  line ${line}: ${says}`);
  throw new ConfigError(`${display(path)}: The list of places is wrong:\n${lines.join('\n')}`);
}

const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[^-]+-----END \1-----/g;

function readAnchors(folder: string): string[] {
  return files(folder, '*.pem').flatMap((path) => {
    const blocks = [...readFileSync(path, 'utf8').matchAll(PEM_BLOCK)];
    return inFile(path, () => blocks.map(([pem, label]) => certificate(pem, label)));
  });
}

function certificate(pem: string, label = ''): string {
  if (label !== 'CERTIFICATE') throw new Error(`holds a ${label}; anchors are certificates only`);
  return new X509Certificate(pem).toString();
}

const files = (folder: string, pattern: string): string[] =>
  globSync(pattern, { cwd: folder })
    .sort()
    .map((file) => join(folder, file));

/** Puts the file's name before whatever is wrong with its content. */
function inFile<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const problem = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`${display(path)}: ${problem}`, { cause: error });
  }
}

const display = (path: string): string => relative(process.cwd(), path) || path;
