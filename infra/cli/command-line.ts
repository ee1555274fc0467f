import { open, writeFile } from 'node:fs/promises';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { parseDirectAddress, type DirectAddress } from '../../shared/ids.ts';
import { CommandError, inWords, UsageError } from './command.ts';

const INPUT_LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * The words of a command line: options as `parseArgs` reads them, and the rest in order.
 *
 * @throws UsageError on an option that is not there, or one without its value
 */
export const readArgs = <const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
) => wordsOf(() => parseArgs({ args: [...args], options, allowPositionals: true, strict: true }));

/** @throws UsageError on any word at all */
export function takesNothing(args: readonly string[]): void {
  wordsOf(() => parseArgs({ args: [...args], allowPositionals: false, strict: true }));
}

/** The first sentence says what is wrong; what follows speaks to programmers. */
function wordsOf<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error;
    throw new UsageError(`${message.split('\n')[0]?.split('. ')[0]}.`);
  }
}

/** The one word that the command is about. */
export function onlyOne(positionals: readonly string[], what: string): string {
  const [first, ...others] = positionals;
  if (first === undefined || others.length > 0) throw new UsageError(`Name one ${what}.`);
  return first;
}

export function needed<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new UsageError(`Name ${what}.`);
  return value;
}

/** @param option for the message, when the address is not the word that the command is about */
export function directAddress(text: string, option?: string): DirectAddress {
  const address = parseDirectAddress(text);
  if (!address.ok) {
    throw new CommandError(`${option ? `${option}: ` : ''}${inWords(address.failure)}`);
  }
  return address.value;
}

/** @throws CommandError naming the file */
export async function readInput(path: string): Promise<Uint8Array> {
  try {
    return await readAll(path);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`Cannot read ${path}: ${reasonOf(error, NOT_READ)}.`, 'edge/not-found');
  }
}

const NOT_READ = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
};
const NOT_WRITTEN = {
  ENOENT: 'there is no such folder',
  EISDIR: 'it is a folder',
  EACCES: 'you may not write there',
};

/** In words where they are known, else by its code. */
function reasonOf(error: unknown, words: Readonly<Record<string, string>>): string {
  const { code, name } = error as NodeJS.ErrnoException;
  return words[code ?? ''] ?? code ?? name;
}

/** A pipe has no size to be known beforehand, so what is read is counted too. */
async function readAll(path: string): Promise<Uint8Array> {
  const tooLarge = new CommandError(`${path} is larger than 64 MB.`, 'edge/too-large');
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size > INPUT_LIMIT_BYTES) throw tooLarge;
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    const options = { autoClose: false, highWaterMark: 1024 * 1024 };
    for await (const chunk of file.createReadStream(options) as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > INPUT_LIMIT_BYTES) throw tooLarge;
      chunks.push(chunk);
    }
    return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
  } finally {
    await file.close();
  }
}

/** @throws CommandError naming the file */
export async function writeOutput(
  path: string,
  content: string | Uint8Array,
  options: { readonly mode?: number; readonly flag?: 'w' | 'wx' } = {},
): Promise<void> {
  await writeFile(path, content, options).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(
      error.code === 'EEXIST'
        ? `${path} exists already and is left as it is.`
        : `Cannot write ${path}: ${reasonOf(error, NOT_WRITTEN)}.`,
      'edge/not-found',
    );
  });
}
