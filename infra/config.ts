import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import * as z from 'zod';
import { Settings, withUserPool, type ListedPlace } from '../shared/settings.ts';
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
import { contradictionsIn } from './contradictions/contradictions.ts';
import { isOnOneMachine } from './contradictions/stages.ts';
import { Deployment, identityOf } from './deployment-settings.ts';
import { anchorsIn } from './read-anchors.ts';
import { readPlaces } from './read-places.ts';
import { faultsOf } from './setting-faults.ts';

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
  /** `here` is for the local system alone: what it lays over the settings of a stage, no deployment may have. */
  readonly runs?: 'deployed' | 'here';
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
  runs = 'deployed',
}: ConfigSource): Config {
  const path = file ?? stageFile(stage, folder);
  const { $schema: _, stage: named = stage, ...written } = readObject(path);
  return inFile(path, () => {
    // A copied file that still names the other stage would be deployed over it.
    if (!file && named !== stage) {
      throw new Error(`stage: it names the stage of another file: write ${JSON.stringify(stage)}, or take it out`); // prettier-ignore
    }
    const { settings, deployment } = parsed({
      stage: named,
      anchors: readAnchors(join(folder, 'anchors', String(named))),
      consentTexts: readConsentTexts(join(folder, 'consent-texts')),
      ...written,
    });
    refuse(runs === 'here' ? [] : contradictionsIn({ settings, deployment }));
    return {
      settings: withSignIn(
        withPublishedTexts(settings, join(folder, 'consent-texts'), texts),
        deployment,
      ),
      deployment,
      places: readPlacesOf(join(folder, 'directory', `${String(named)}.csv`)),
    };
  });
}

/** All that is wrong with them at once, of both kinds. */
function parsed({ deployment = {}, ...settings }: Readonly<Record<string, unknown>>) {
  const shared = Settings.safeParse(settings);
  const own = z.object({ deployment: Deployment }).safeParse({ deployment });
  refuse([
    ...faultsOf(shared.error?.issues ?? [], settings),
    ...faultsOf(own.error?.issues ?? [], { deployment }),
  ]);
  if (!shared.success || !own.success) throw new Error('The settings are wrong');
  return { settings: shared.data, ...own.data };
}

/** One fault is one sentence. */
function refuse(faults: readonly string[]): void {
  const [only, ...more] = faults;
  if (only === undefined) return;
  throw new Error(more.length === 0 ? only : `The settings are wrong:\n  ${faults.join('\n  ')}`);
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
  if (allowed === 'published' && !isOnOneMachine(stage)) {
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

/** The stages that have settings in a folder. */
export const stagesIn = (folder: string = CONFIG): readonly string[] =>
  globSync('*.json', { cwd: folder })
    .filter((file) => !file.endsWith('.schema.json'))
    .map((file) => basename(file, '.json'))
    .sort();

function stageFile(stage: string, folder: string): string {
  const stages = stagesIn(folder);
  if (stages.includes(stage)) return join(folder, `${stage}.json`);
  throw new ConfigError(
    `There is no stage "${stage}". Known stages: ${stages.join(', ')}. ` +
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

function readPlacesOf(path: string): readonly ListedPlace[] {
  if (!existsSync(path)) return [];
  const { places, faults } = readPlaces(readFileSync(path));
  if (faults.length === 0) return places;
  const lines = faults.map(({ line, says }) => `  line ${line}: ${says}`);
  throw new ConfigError(`${display(path)}: The list of places is wrong:\n${lines.join('\n')}`);
}

const readAnchors = (folder: string): string[] =>
  files(folder, '*.pem').flatMap((path) =>
    inFile(path, () => anchorsIn(readFileSync(path, 'utf8'))),
  );

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
