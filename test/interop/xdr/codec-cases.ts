import { parseMessageId } from '../../../shared/ids.ts';
import { prepareDocument, type PreparedDocument } from '../../../shared/package/prepared.ts';
import {
  readRegistryAnswer,
  registryAnswer,
  type XdrOutcome,
} from '../../../shared/package/xdr/answer.ts';
import { dispositionXdr, dispositionXml } from '../../../shared/package/xdr/disposition.ts';
import { packageSubmissionAsXdr, packageXdr } from '../../../shared/package/xdr/package-xdr.ts';
import { readXdr } from '../../../shared/package/xdr/read-xdr.ts';
import type { XdrSubmission } from '../../../shared/package/xdr/xdr.ts';
import { inputOf } from '../../package/sample-input.ts';
import { validates } from '../../package/tools.ts';
import { plain, vector } from '../../package/xdr/requests.ts';
import { address, valueOf } from '../../secure/support/people.ts';
import { sampleCcda } from '../../support/ccda.ts';
import type { ToldCase } from '../conformance/told-case.ts';
import { BLANKS, fill } from './foreign-request.ts';
import { toldOf } from './told-request.ts';
import { elementIn, writtenRequest } from './written-request.ts';

const HOW = {
  messageId: valueOf(parseMessageId('k3j5x7q2@green.example')),
  endpoint: 'https://hisp.example/xdr',
};

const DOCUMENTS = [sampleCcda(), sampleCcda({ title: 'Señora Rivera & <others>', filling: 5000 })];

function ours(): Uint8Array {
  const input = inputOf(...DOCUMENTS);
  const documents = input.documents.map((each): PreparedDocument => valueOf(prepareDocument(each)));
  return valueOf(packageXdr({ ...input, documents }, HOW)).entity;
}

const submissionIn = (entity: Uint8Array): XdrSubmission => {
  const { contents } = valueOf(readXdr(entity));
  if (contents.kind !== 'submission') throw new Error('No submission');
  return contents.submission;
};

const sameBytes = (ones: readonly Uint8Array[], others: readonly Uint8Array[]): boolean =>
  ones.length === others.length &&
  ones.every((one, at) => Buffer.compare(one, others[at] ?? new Uint8Array()) === 0);

const documentsOf = (submission: XdrSubmission) => submission.documents.map(({ bytes }) => bytes);

/** A line break within a value is a blank to every reader of metadata. */
const metadataOf = ({ objects }: XdrSubmission): string =>
  JSON.stringify(objects).replaceAll('\\n', ' ');

/** A submission of somebody else, passed on by us and read again. */
function passedOn(): string {
  const first = submissionIn(plain(fill(vector('Xdr_full_metadata.xml'), BLANKS)));
  const [from, to] = [address(BLANKS.from), address(BLANKS.to)];
  const { entity } = valueOf(packageSubmissionAsXdr(first, { ...HOW, from, to, level: 'XDS' }));
  const second = submissionIn(entity);
  const isSame =
    sameBytes(documentsOf(first), documentsOf(second)) && metadataOf(first) === metadataOf(second);
  return isSame ? 'the same' : 'another';
}

const ABOUT = {
  ...HOW,
  relatesTo: BLANKS.messageId,
  from: address(BLANKS.to),
  to: address(BLANKS.from),
};
const FAILED = {
  recipient: address(BLANKS.to),
  disposition: 'failure',
  reasonForFailure: 'trust.no-anchor',
} as const;
const DELIVERED = { recipient: address(BLANKS.to), disposition: 'success' } as const;

const REFUSAL: XdrOutcome = { code: 'transmit-request/none', text: 'Nobody & <nothing> asked.' };
const ASKED = [
  { messageId: BLANKS.messageId, isMtom: true },
  { messageId: BLANKS.messageId, isMtom: false },
];

function readAgain(asked: (typeof ASKED)[number], outcome: XdrOutcome): string {
  const { contentType, body } = registryAnswer(asked, outcome);
  return JSON.stringify(valueOf(readRegistryAnswer(contentType, body)));
}

const named = (id: string, expected: string, run: () => string): ToldCase => ({
  id,
  about: id,
  expected,
  run,
});

/** What we write by XDR: read by us as it was meant, and by xmllint as it must be. */
export const CODEC_CASES: readonly ToldCase[] = [
  named('our request: the documents, read by us', 'true', () =>
    String(sameBytes(documentsOf(submissionIn(ours())), DOCUMENTS)),
  ),
  named('our request: the documents, as parts of it', 'true', () =>
    String(
      sameBytes(
        writtenRequest(ours()).parts.map(({ bytes }) => bytes),
        DOCUMENTS,
      ),
    ),
  ),
  named(
    'our request: what it says',
    `XDS: ${DOCUMENTS.map((each) => `text/xml of ${each.length} bytes`).join(', ')} from records@green.example to Dr.Kim@clinic.example, final delivery wanted`,
    () => toldOf(ours()),
  ),
  named('our request: the same input gives the same bytes', 'true', () =>
    String(sameBytes([ours()], [ours()])),
  ),
  named('our request: its metadata is valid ebRIM', 'good', () =>
    validates('metadata', elementIn(writtenRequest(ours()).soap, 'SubmitObjectsRequest')),
  ),
  named('a submission passed on: metadata and documents', 'the same', passedOn),
  named(
    'our report of a failure',
    `failure for ${BLANKS.to}, trust.no-anchor, about ${BLANKS.messageId}`,
    () => toldOf(dispositionXdr(FAILED, ABOUT)),
  ),
  named('our report of a delivery', `success for ${BLANKS.to}, about ${BLANKS.messageId}`, () =>
    toldOf(dispositionXdr(DELIVERED, ABOUT)),
  ),
  ...[FAILED, DELIVERED].map((said) =>
    named(`our report of a ${said.disposition} is valid`, 'good', () =>
      validates('disposition', dispositionXml(said)),
    ),
  ),
  named('our report: its metadata is valid ebRIM', 'good', () =>
    validates(
      'metadata',
      elementIn(writtenRequest(dispositionXdr(FAILED, ABOUT)).soap, 'SubmitObjectsRequest'),
    ),
  ),
  ...ASKED.flatMap((asked) => {
    const form = asked.isMtom ? 'by MTOM' : 'plain';
    return [
      named(`our answer ${form}: success`, '"success"', () => readAgain(asked, 'success')),
      named(`our answer ${form}: a refusal`, '{"errorCodes":["XDSRepositoryError"]}', () =>
        readAgain(asked, REFUSAL),
      ),
    ];
  }),
  ...(['success', REFUSAL] as const).map((outcome) =>
    named(`our answer: ${outcome === 'success' ? outcome : 'refusal'} is valid`, 'good', () => {
      const { body } = registryAnswer({ messageId: BLANKS.messageId, isMtom: false }, outcome);
      return validates('answer', elementIn(Buffer.from(body).toString(), 'RegistryResponse'));
    }),
  ),
];
