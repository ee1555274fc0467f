import type { FailureCode } from '../../../shared/failures.ts';
import { CommandError, lineOf, printable, type Terminal } from '../command.ts';
import type { Answer, Batch, Worker } from './batch.ts';
import { linesOf } from './lines.ts';

/** Certificates may stand in a line as PEM. */
const USUAL_LINE_MEGABYTES = 1;

/** What became of one line. */
interface Processed {
  readonly id?: Id;
  readonly answer: Answer;
  /** Why the request could not be processed; a refusal is an answer and no fault. */
  readonly fault?: string;
}

type Id = string | number;

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
  const { verdict = 'ok', maxLineMegabytes = USUAL_LINE_MEGABYTES } = batch;
  for await (const line of linesOf(input(), maxLineMegabytes * 1024 * 1024)) {
    lines += 1;
    const { id, answer, fault } = await processed(line, worker, maxLineMegabytes);
    const { ok, ...fields } = answer;
    const nothing = fault === undefined ? {} : batch.nothing;
    out(JSON.stringify({ id, [verdict]: ok, ...fields, ...nothing }));
    if (ok) good += 1;
    if (fault !== undefined) {
      faults += 1;
      err(printable(`${name}: line ${lines}: ${fault}`));
    }
  }
  err(`${name}: ${good} of ${lines} ${batch.counts}`);
  return faults === 0 ? 0 : 1;
}

async function processed(
  line: Uint8Array | 'too long',
  worker: Worker,
  maxLineMegabytes: number,
): Promise<Processed> {
  if (line === 'too long') {
    const fault = `the line is longer than ${maxLineMegabytes} MB`;
    return { answer: refused('edge/too-large'), fault };
  }
  const request = parsed(line);
  if (request === undefined) {
    return { answer: refused('edge/malformed'), fault: 'the line is no JSON object' };
  }
  const id = idOf(request);
  try {
    return { ...id, answer: await worker(request) };
  } catch (error) {
    const code = error instanceof CommandError ? error.code : 'edge/failed';
    return { ...id, answer: refused(code), fault: lineOf(error) };
  }
}

const refused = (code: FailureCode): Answer => ({ ok: false, code });

function parsed(line: Uint8Array): object | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Given back as it came, if it is a text or a number. */
function idOf(request: object): { readonly id?: Id } {
  const id: unknown = 'id' in request ? request.id : undefined;
  return typeof id === 'string' || typeof id === 'number' ? { id } : {};
}
