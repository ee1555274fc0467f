import type { Answer, BufferAnswer, RecordType, SrvAnswer } from 'dns-packet';
import type { CertRecord, ServerRecord } from '../discover/directory.ts';
import { readCertRdata } from '../discover/dns-cert.ts';

/** A type of record that is asked for, and how one is read. */
export interface RecordKind<T> {
  readonly type: Extract<RecordType, 'CERT' | 'SRV'>;
  /** Undefined when the data are not of that type. The decoder has seen to it that the answer is. */
  readonly read: (answer: Answer) => T | undefined;
}

/** The decoder leaves the data of this type as they are; its own declarations do not know it. */
export const CERT: RecordKind<CertRecord> = {
  type: 'CERT',
  read: (answer) => readCertRdata((answer as BufferAnswer).data),
};

export const SRV: RecordKind<ServerRecord> = {
  type: 'SRV',
  read(answer) {
    const { priority = 0, weight = 0, port, target } = (answer as SrvAnswer).data;
    return { priority, weight, port, target: target === '.' ? '' : target };
  },
};
