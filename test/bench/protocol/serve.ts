import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { CaseFiles } from './case-files.ts';

/** What one repetition made: a message, in memory or in a file. The limit makes none, and tells its parts instead. */
export type Made =
  | Uint8Array
  | { readonly bytes: number; readonly file: string }
  | { readonly bytes: number; readonly partMs: Readonly<Record<string, number>> };

/** Does all of the work once. */
export type Repetition = () => Made | Promise<Made>;

/** Reads the input of a case and gets ready. */
export type Mode = (files: CaseFiles) => Repetition | Promise<Repetition>;

/**
 * The other side of `Child`: answers each line `<mode> <folder> <repetitions> [file]` with
 * `<milliseconds> <bytes of the last message> <peak of memory in kB> [part=milliseconds ...]`. What was made last is
 * written into the file, if one is named. `idle` as the mode answers with what the process holds before it reads
 * any input. Java does the same.
 */
export async function serve(modes: Readonly<Record<string, Mode>>): Promise<void> {
  let ready: { readonly folder: string; readonly repetitions: Map<string, Repetition> } | undefined;
  for await (const line of createInterface({ input: process.stdin })) {
    const [name = '', folder = '', count = '1', file] = line.split(' ');
    if (name === 'idle') {
      say(`0 0 ${memoryKb('VmRSS')}`);
      continue;
    }
    // What lies in another folder is let go first: it may be large.
    if (ready?.folder !== folder) ready = { folder, repetitions: new Map() };
    const mode = modes[name];
    if (!mode) throw new Error(`There is no mode ${name}`);
    const repetition = ready.repetitions.get(name) ?? (await mode(new CaseFiles(folder)));
    ready.repetitions.set(name, repetition);
    const { ms, made, partMs } = await timed(repetition, Number(count));
    if (file !== undefined) keep(made, file);
    const bytes = made instanceof Uint8Array ? made.length : made.bytes;
    const parts = [...partMs].map(([part, each]) => `${part.replaceAll(' ', '_')}=${each}`);
    say([ms, bytes, memoryKb('VmHWM'), ...parts].join(' '));
  }
}

/** @returns milliseconds of all repetitions together, as the lines of the protocol have them */
async function timed(repetition: Repetition, count: number) {
  const partMs = new Map<string, number>();
  const start = performance.now();
  let made = await repetition();
  addParts(partMs, made);
  for (let done = 1; done < count; done += 1) {
    made = await repetition();
    addParts(partMs, made);
  }
  return { ms: performance.now() - start, made, partMs };
}

function keep(made: Made, file: string): void {
  if (made instanceof Uint8Array) writeFileSync(file, made);
  else if ('file' in made) copyFileSync(made.file, file);
}

function addParts(sum: Map<string, number>, made: Made): void {
  if (made instanceof Uint8Array || !('partMs' in made)) return;
  for (const [part, ms] of Object.entries(made.partMs)) sum.set(part, (sum.get(part) ?? 0) + ms);
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * From the kernel where it tells: `maxRSS` of a process begins with that of the one that started it, for the peak is
 * handed on from before the new program was loaded.
 */
function memoryKb(what: 'VmRSS' | 'VmHWM'): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const [, told] = new RegExp(`${what}:\\s*(\\d+) kB`).exec(status) ?? [];
  if (told !== undefined) return Number(told);
  return what === 'VmHWM'
    ? process.resourceUsage().maxRSS
    : Math.round(process.memoryUsage.rss() / 1024);
}
