import type * as z from 'zod';
import { nearestName } from './nearest-name.ts';
import { schemaOfSettings, type SettingSchema } from './written-settings.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * What is wrong with settings, one sentence each: which setting, and what to write. No sentence repeats what was written:
 * it may be a password at the wrong place.
 *
 * @param value what was read
 */
export function faultsOf(issues: readonly Issue[], value: unknown): readonly string[] {
  const meant = new Set(issues.flatMap(meantBy));
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => misspelt(issue.path, key));
    }
    const name = nameOf(issue.path);
    if (!isMissing(issue, value)) return `${name}: ${whatToWrite(issue)}`;
    return meant.has(name) ? [] : `${name} is missing: ${whatToWrite(issue)}`;
  });
}

export const nameOf = (path: Path): string => path.map(String).join('.');

/** The settings that are there under a name like theirs: to call them missing, too, would be one fault twice. */
const meantBy = (issue: Issue): readonly string[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.flatMap((key) => {
        const near = nearestName(key, keysAt(schemaOfSettings(), issue.path));
        return near === undefined ? [] : nameOf([...issue.path, near]);
      })
    : [];

/** Where it stands says more than which keys there are: another place may have it. */
function misspelt(path: Path, key: string): string {
  const all = schemaOfSettings();
  const there = [...new Set(keysAt(all, path))];
  const name = nameOf([...path, key]);
  const near = nearestName(key, there);
  if (near !== undefined) return `${name}: there is no such setting, write ${near}`;
  const elsewhere = namesIn(all).find((each) => each.split('.').at(-1) === key);
  if (elsewhere !== undefined) return `${name}: there is no such setting, write ${elsewhere}`;
  return `${name}: there is no such setting, take it out or write one of ${there.sort().join(', ')}`;
}

const isMissing = (issue: Issue, value: unknown): boolean =>
  (issue.code === 'invalid_type' || issue.code === 'invalid_union' || issue.code === 'invalid_value') && // prettier-ignore
  valueAt(value, issue.path) === undefined;

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  );

/** Messages of the library's own say what is wrong; those of the settings say what belongs there. */
function whatToWrite(issue: Issue): string {
  if (!isOfLibrary(issue)) {
    return issue.code === 'custom' ? positive(issue.message) : `write ${bare(issue.message)}`;
  }
  switch (issue.code) {
    case 'invalid_type':
      return `write ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `write ${issue.values.map((each) => JSON.stringify(each)).join(' or ')}`;
    case 'invalid_union':
      return `write ${formsOf(issue)}`;
    case 'invalid_key':
      return `write a key that is ${bare(issue.issues[0]?.message ?? 'known')}`;
    case 'too_small':
      return `write ${issue.inclusive === false ? 'more than' : 'at least'} ${amount(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `write ${issue.inclusive === false ? 'less than' : 'at most'} ${amount(issue.maximum, issue.origin)}`;
    case 'invalid_format':
      return `write ${formatOf(issue)}`;
    case 'custom':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return 'write it as docs/settings.md has it';
  }
}

const isOfLibrary = ({ message }: Issue): boolean => /^(Invalid|Too) /.test(message);

/** `not a domain` > `a domain` */
const bare = (message: string): string => message.replace(/^not /, '').replace(/^no /, 'a ');

const positive = (message: string): string =>
  /^(not?|at least|less than) /.test(message) ? `write ${bare(message)}` : message;

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
};

const UNITS: Readonly<Record<string, string>> = {
  string: ' characters',
  array: ' entries',
};

const amount = (bound: number | bigint, origin: string): string => {
  const unit = UNITS[origin] ?? '';
  if (bound === 1 || bound === 1n) return `1${unit.replace(/ies$/, 'y').replace(/s$/, '')}`;
  return `${bound}${unit}`;
};

const formsOf = (issue: Issue): string =>
  'options' in issue && Array.isArray(issue.options)
    ? issue.options.map((each) => JSON.stringify(each)).join(' or ')
    : 'it in one of the forms that docs/settings.md has';

function formatOf(issue: Extract<Issue, { readonly code: 'invalid_format' }>): string {
  if (issue.format === 'url') {
    return String(issue.pattern) === '^https$' ? 'a URL that begins with https://' : 'a URL';
  }
  if (issue.format === 'email') return 'an email address';
  if (issue.format === 'includes') return 'PEM of certificates';
  return `what matches ${issue.pattern}`;
}

/** Which settings there are at a place. */
function keysAt(schema: SettingSchema, path: Path): string[] {
  const [first, ...rest] = path;
  const forms = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  if (first === undefined) return forms.flatMap(({ properties }) => Object.keys(properties ?? {}));
  return forms.flatMap(({ properties, items, additionalProperties }) => {
    const inner = properties?.[String(first)] ?? items ?? additionalProperties;
    return typeof inner === 'object' ? keysAt(inner, rest) : [];
  });
}

/** All settings outside of lists, as they are named in sentences. */
const namesIn = ({ properties = {} }: SettingSchema): readonly string[] =>
  Object.entries(properties).flatMap(([key, inner]) => [
    key,
    ...namesIn(inner).map((name) => `${key}.${name}`),
  ]);
