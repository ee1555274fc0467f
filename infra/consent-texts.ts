import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import type { ConsentTextSettings } from '../shared/settings.ts';

/** A text as patients read it: with which holder's name in it, and the hash of the whole. */
const PublishedText = z.strictObject({
  holder: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex'),
});

/** Of one stage, by `<language>/<version>`. */
const Published = z.record(
  z.string().regex(/^[a-z]{2}\/[0-9]{4}-[0-9]{2}-[0-9]{2}$/, '<language>/<version>'),
  PublishedText,
);

/** All that was published, by stage. */
const Register = z.record(z.string(), Published);

export type Published = z.infer<typeof Published>;

/** The texts of a folder as they were written: `<language>/<version>.md`. */
export const readConsentTexts = (folder: string): ConsentTextSettings[] =>
  globSync('*/*.md', { cwd: folder })
    .sort()
    .map((file) => ({
      language: dirname(file),
      version: basename(file, '.md'),
      text: readFileSync(join(folder, file), 'utf8'),
    }));

export const registerIn = (folder: string): string => join(folder, 'published.json');

/** @throws Error when the register is not one */
export function readRegister(folder: string): z.infer<typeof Register> {
  const path = registerIn(folder);
  if (!existsSync(path)) return {};
  const parsed = Register.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The list of published texts is wrong:\n${lines.join('\n')}`);
}

export function writeRegister(folder: string, stage: string, published: Published): void {
  const register = { ...readRegister(folder), [stage]: published };
  writeFileSync(registerIn(folder), `${JSON.stringify(register, undefined, 2)}\n`);
}

/**
 * The texts as patients read them, which is what is hashed: `{holder}` is the holder's name, and in a published text the
 * name with which it was published. So whoever changes the name of the holder changes nothing of what was agreed to.
 */
export const named = (
  texts: readonly ConsentTextSettings[],
  holderName: string,
  published: Published,
): ConsentTextSettings[] =>
  texts.map((each) => ({
    ...each,
    text: withHolder(each.text, published[keyOf(each)]?.holder ?? holderName),
  }));

/** What a text that is not on the list is put on it with. */
export const asPublished = (text: ConsentTextSettings, holder: string): Published => ({
  [keyOf(text)]: { holder, sha256: sha256(withHolder(text.text, holder)) },
});

/** Those that are not on the list. */
export const unpublished = (
  texts: readonly ConsentTextSettings[],
  published: Published,
): readonly ConsentTextSettings[] => texts.filter((each) => !Object.hasOwn(published, keyOf(each)));

/**
 * What is wrong with published texts, one sentence each: patients agreed to them, so they stay, word for word.
 *
 * @param texts as they were written
 */
export function changesOf(
  texts: readonly ConsentTextSettings[],
  published: Published,
): readonly string[] {
  return Object.entries(published).flatMap(([key, { holder, sha256: hash }]) => {
    const text = texts.find((each) => keyOf(each) === key);
    if (text === undefined) {
      return `${key} was published and is gone. Put it back: what patients agreed to stays readable.`;
    }
    return sha256(withHolder(text.text, holder)) === hash
      ? []
      : `${key} is not as it was published, and patients agreed to that. Put it back as it was, and write what is new into a new version.`;
  });
}

/** Sentences about current texts, one for each language, that call the holder by another name than the settings. */
export function oldNamesIn(
  texts: readonly ConsentTextSettings[],
  holderName: string,
  published: Published,
): readonly string[] {
  const languages = [...new Set(texts.map(({ language }) => language))];
  return languages.flatMap((language) => {
    const current = texts
      .filter((each) => each.language === language)
      .toSorted((one, other) => one.version.localeCompare(other.version))
      .at(-1);
    const holder = current && published[keyOf(current)]?.holder;
    if (current === undefined || holder === undefined) return [];
    return withHolder(current.text, holder) === withHolder(current.text, holderName)
      ? []
      : `${keyOf(current)} was published in the name of ${JSON.stringify(holder)}, and the holder is ${JSON.stringify(holderName)} now. Write a new version and publish it.`;
  });
}

/** As the list and the folder have it. */
export const keyOf = ({ language, version }: ConsentTextSettings): string =>
  `${language}/${version}`;

const withHolder = (text: string, holder: string): string => text.replaceAll('{holder}', holder);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
