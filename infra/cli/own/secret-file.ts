import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, realpath, rename, rm } from 'node:fs/promises';
import { CommandError } from '../command.ts';
import { readInput } from '../command-line.ts';
import { CHANGED, EMPTY_SECRET, type SecretStore } from './secret-store.ts';

/** The identity secret in a file, for the owner alone; one that is not there yet is empty. */
export const secretFile = (path: string): SecretStore => ({
  place: path,
  async read() {
    const text = await textOf(path);
    return {
      text,
      async replace(next) {
        if ((await textOf(path)) !== text) throw new CommandError(`${path} ${CHANGED}`);
        await replaceFile(path, next);
      },
    };
  },
});

const textOf = async (path: string): Promise<string> =>
  existsSync(path) ? Buffer.from(await readInput(path)).toString() : EMPTY_SECRET;

/** Whoever reads meanwhile sees the old text or the new one, also after the machine lost its power. */
async function replaceFile(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const beside = `${target}.${randomUUID()}`;
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw new CommandError(`Cannot write ${path}: ${(error as NodeJS.ErrnoException).code}.`);
  }
}
