import { BAD_ADDRESSING } from '../../package/xdr/refused/addressing.ts';
import { BAD_METADATA } from '../../package/xdr/refused/metadata.ts';
import { BAD_MTOM } from '../../package/xdr/refused/mtom.ts';
import { BAD_SOAP, BOMBS, OTHER_TYPES } from '../../package/xdr/refused/soap.ts';
import type { ToldCase } from '../conformance/told-case.ts';
import { toldOf } from './told-request.ts';

/** What the tests of the reader hold against it, by what is wrong. */
const WRONG = {
  SOAP: BAD_SOAP,
  'a bomb': BOMBS,
  'Content-Type': OTHER_TYPES,
  MTOM: BAD_MTOM,
  metadata: BAD_METADATA,
  addressing: BAD_ADDRESSING,
};

export const REFUSAL_CASES: readonly ToldCase[] = Object.entries(WRONG).flatMap(
  ([about, requests]) =>
    requests.map(({ name, code, entity }) => ({
      id: `${about}: ${name}`,
      about,
      expected: code,
      run: () => toldOf(entity),
    })),
);
