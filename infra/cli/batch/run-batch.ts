import type { FailureCode } from '../../../shared/failures.ts';
import { CommandError, lineOf, printable, type Terminal } from '../command.ts';
import type { Answer, Batch, Worker } from './batch.ts';
import { linesOf } from './lines.ts';

/** Certificates may stand in a line as PEM. */
const LONGEST_LINE_BYTES = 1024 * 1024;

/** What became of one line. */
interface Processed {
  readonly answer: Partial<Answer> & { readonly id?: unknown };
  /** Why the request could not be processed; a refusal is an answer and no fault. */
  readonly fault?: string;
}

/**
 * Answers line by line, in order and one at a time, so that memory does not grow with the number of lines.
 *
 * @returns the exit code: 0 when every request could be processed, 1 when one was unreadable or a file of it was
 */
export async function runBatch(
  name: string,
  batch: Batch,
  { out, err, input }: Terminal,
): Promise<number> {
  const worker = batch.start();
  let lines = 0;
  let good = 0;
  let faults = 0;
  for await (const line of linesOf(input(), LONGEST_LINE_BYTES)) {
    lines += 1;
    const { answer, fault } = await processed(line, worker);
    out(JSON.stringify(fault === undefined ? answer : { ...answer, ...batch.nothing }));
    if (answer.ok === true) good += 1;
    if (fault !== undefined) {
      faults += 1;
      err(printable(`${name}: line ${lines}: ${fault}`));
    }
  }
  err(`${name}: ${good} of ${lines} ${batch.counts}`);
  return faults === 0 ? 0 : 1;
}

async function processed(line: Uint8Array | 'too long', worker: Worker): Promise<Processed> {
  if (line === 'too long') return unprocessed({}, 'edge/too-large', 'the line is longer than 1 MB');
  const request = parsed(line);
  if (request === undefined) return unprocessed({}, 'edge/malformed', 'the line is no JSON object');
  const id = idOf(request);
  try {
    return { answer: { ...id, ...(await worker(request)) } };
  } catch (error) {
    const code = error instanceof CommandError ? error.code : 'edge/failed';
    return unprocessed(id, code, lineOf(error));
  }
}

const unprocessed = (id: { readonly id?: unknown }, code: FailureCode, fault: string) => ({
  answer: { ...id, ok: false, code },
  fault,
});

function parsed(line: Uint8Array): object | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Given back as it came, if it is a text or a number. */
function idOf(request: object): { readonly id?: unknown } {
  const id: unknown = 'id' in request ? request.id : undefined;
  return typeof id === 'string' || typeof id === 'number' ? { id } : {};
}
