import type {
  Answer,
  CertRecord,
  Directory,
  ServerRecord,
} from '../../../shared/discover/directory.ts';
import { isDnsName } from '../../../shared/discover/dns-cert.ts';
import type { FailureCode } from '../../../shared/failures.ts';
import { done, fail, type Outcome } from '../../../shared/outcome.ts';

export interface MemoryDirectory extends Directory {
  readonly set: (
    name: string,
    records: readonly (CertRecord | ServerRecord)[],
    ttlSeconds?: number,
  ) => void;
  /** From now on the name is answered with this refusal. */
  readonly break: (name: string, code: FailureCode) => void;
  /** From now on the name is answered with nothing, until whoever asked gives up. */
  readonly silence: (name: string) => void;
  /** What was asked, in order: `CERT name` or `SRV name`. */
  readonly asked: readonly string[];
}

interface Published {
  readonly records: readonly (CertRecord | ServerRecord)[];
  readonly ttlSeconds: number;
}

/** What the local server says too of names that it does not have. */
export const ABSENT_TTL_SECONDS = 300;

/** A directory in memory; what it is not told of does not exist. */
export function memoryDirectory(): MemoryDirectory {
  const published = new Map<string, Published | FailureCode | 'silent'>();
  const asked: string[] = [];

  async function lookUp<T extends CertRecord | ServerRecord>(
    type: 'CERT' | 'SRV',
    isOfType: (record: CertRecord | ServerRecord) => record is T,
    name: string,
    within?: AbortSignal,
  ): Promise<Outcome<Answer<T>>> {
    if (!isDnsName(name)) return fail('discover/bad-address');
    asked.push(`${type} ${name}`);
    const answer = published.get(name.toLowerCase());
    if (answer === 'silent') await end(within);
    if (within?.aborted || answer === 'silent') return fail('discover/unreachable');
    if (typeof answer === 'string') return fail(answer);
    const records = (answer?.records ?? []).filter(isOfType);
    const ttlSeconds = answer && records.length > 0 ? answer.ttlSeconds : ABSENT_TTL_SECONDS;
    return done({ records, ttlSeconds });
  }

  return {
    asked,
    set: (name, records, ttlSeconds = 60) =>
      void published.set(name.toLowerCase(), { records, ttlSeconds }),
    break: (name, code) => void published.set(name.toLowerCase(), code),
    silence: (name) => void published.set(name.toLowerCase(), 'silent'),
    certRecords: (name, within) => lookUp('CERT', isCert, name, within),
    serverRecords: (name, within) => lookUp('SRV', isServer, name, within),
  };
}

const isCert = (record: CertRecord | ServerRecord): record is CertRecord => 'data' in record;
const isServer = (record: CertRecord | ServerRecord): record is ServerRecord => 'target' in record;

const end = (within?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (!within || within.aborted) resolve();
    else within.addEventListener('abort', () => resolve(), { once: true });
  });
