import { readRegistryAnswer } from '../../../shared/package/xdr/answer.ts';
import { asMtom, mtom, plain, vector } from '../../package/xdr/requests.ts';
import type { ToldCase } from '../conformance/told-case.ts';
import { capture } from './edge-bench.ts';
import { BLANKS, fill, withHash, withHeader, withPrefixDeclared } from './foreign-request.ts';
import { toldOf } from './told-request.ts';

/** A case about one file of the collection. */
export type VectorCase = ToldCase & { readonly file: string };

const filled = (file: string): string => fill(vector(file), BLANKS);

const caseOf = (
  file: string,
  about: string,
  expected: string,
  entity: (text: string) => Uint8Array,
): VectorCase => ({
  id: `${file}: ${about}`,
  file,
  about,
  expected,
  run: () => toldOf(entity(vector(file))),
});

const TEMPLATES = [
  ['Xdr_full_metadata.xml', 'XDS'],
  ['Xdr_minimal_metadata.xml', 'minimal'],
] as const;

const BETWEEN = 'from sender@edge.example to dr.kim@clinic.example';

const templates = TEMPLATES.flatMap(([file, level]): readonly VectorCase[] => {
  const good = `${level}: text/xml of 79482 bytes ${BETWEEN}`;
  const filledIn = () => filled(file);
  return [
    caseOf(file, 'as it lies', 'package/bad-addressing', plain),
    caseOf(file, 'filled in, plain', good, () => plain(filledIn())),
    caseOf(file, 'filled in, MTOM', good, () => mtom(asMtom(filledIn()))),
    caseOf(file, 'with its hash and size', good, () => plain(withHash(filledIn()))),
    caseOf(file, 'with another hash', 'package/hash-mismatch', () =>
      plain(withHash(filledIn(), '0'.repeat(40))),
    ),
    caseOf(file, 'with another size', 'package/hash-mismatch', () =>
      plain(withHash(filledIn(), undefined, 1)),
    ),
  ];
});

const SUCCESS = 'DeliveryStatusNotification_success.xml';
const FAILURE = 'DeliveryStatusNotification_failure.xml';
const SAML = 'SamlHeaders.xml';
const BY_PARTS = 'XdrTestingOnly.xml';

/** The part that a template only names. */
const namedPart = (text: string): Uint8Array => {
  const id = /href="cid:([^"]+)"/.exec(text)?.[1] ?? '';
  return mtom({ soap: text, parts: [{ id, bytes: Buffer.from('<a/>') }] });
};

export const VECTOR_CASES: readonly VectorCase[] = [
  ...templates,
  ...['sample_request.txt', 'xdr_full_metadata_sample_request.txt'].map((file) =>
    caseOf(file, 'as it lies', 'package/bad-multipart', capture),
  ),
  caseOf(SUCCESS, 'as it lies', 'package/bad-addressing', plain),
  caseOf(
    SUCCESS,
    'filled in',
    'success for dr.kim@clinic.example, about mid:abc@green.example',
    () => plain(filled(SUCCESS)),
  ),
  caseOf(FAILURE, 'as it lies', 'package/bad-soap', plain),
  caseOf(
    FAILURE,
    'with its prefix declared',
    `failure for dr.kim@clinic.example, about ${BLANKS.messageId}`,
    () => plain(withPrefixDeclared(filled(FAILURE))),
  ),
  caseOf(SAML, 'in a header that must be understood', 'package/not-understood', (saml) =>
    plain(withHeader(filled('Xdr_full_metadata.xml'), saml)),
  ),
  caseOf(
    SAML,
    'in a header that may be passed over',
    `XDS: text/xml of 79482 bytes ${BETWEEN}`,
    (saml) =>
      plain(
        withHeader(
          filled('Xdr_full_metadata.xml'),
          saml.replace('S:mustUnderstand="true"', 'S:mustUnderstand="false"'),
        ),
      ),
  ),
  caseOf(BY_PARTS, 'without the part that it names', 'package/bad-multipart', () =>
    plain(filled(BY_PARTS)),
  ),
  caseOf(BY_PARTS, 'with that part', `minimal: text/xml of 4 bytes ${BETWEEN}`, () =>
    namedPart(filled(BY_PARTS)),
  ),
  {
    id: 'sample_response.txt: as an answer to us',
    file: 'sample_response.txt',
    about: 'as an answer to us',
    expected: 'package/bad-soap',
    run: () => {
      const text = vector('sample_response.txt');
      const body = Buffer.from(text.slice(text.indexOf('<S:Envelope')));
      const answer = readRegistryAnswer('application/soap+xml; charset=UTF-8', body);
      return answer.ok ? JSON.stringify(answer.value) : answer.failure.code;
    },
  },
];
