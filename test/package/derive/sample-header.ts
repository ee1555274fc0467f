import type { DocumentHeader, Participant, RecordTarget } from '../../../shared/record/header.ts';
import { readHeader } from '../../../shared/record/read-header.ts';
import { sampleCcda } from '../../support/ccda.ts';

function read(): DocumentHeader {
  const header = readHeader(sampleCcda());
  if (!header.ok) throw new Error(header.failure.code);
  return header.value;
}

const SAMPLE_HEADER = read();

/** The header of the sample, with something changed. */
export const headerWith = (change: Partial<DocumentHeader>): DocumentHeader => ({
  ...SAMPLE_HEADER,
  ...change,
});

export const [TARGET, AUTHOR] = [SAMPLE_HEADER.patients[0], SAMPLE_HEADER.authors[0]] as [
  RecordTarget,
  Participant,
];
