import type { CertRecord, Directory } from '../../../shared/discover/directory.ts';
import { isDnsName } from '../../../shared/discover/dns-cert.ts';
import type { FailureCode } from '../../../shared/failures.ts';
import { done, fail } from '../../../shared/outcome.ts';

export interface MemoryDirectory extends Directory {
  readonly set: (name: string, records: readonly CertRecord[]) => void;
  /** From now on the name is answered with this refusal. */
  readonly break: (name: string, code: FailureCode) => void;
}

/** A directory in memory; what it is not told of does not exist. */
export function memoryDirectory(): MemoryDirectory {
  const published = new Map<string, readonly CertRecord[] | FailureCode>();
  return {
    set: (name, records) => void published.set(name.toLowerCase(), records),
    break: (name, code) => void published.set(name.toLowerCase(), code),
    certRecords(name) {
      if (!isDnsName(name)) return Promise.resolve(fail('discover/bad-address'));
      const answer = published.get(name.toLowerCase()) ?? [];
      return Promise.resolve(typeof answer === 'string' ? fail(answer) : done(answer));
    },
  };
}
