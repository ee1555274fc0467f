import { packageRecord } from '../../../shared/package/package-record.ts';
import type { DocumentId, PatientId, PatientKey, TransmissionId } from '../../../shared/ids.ts';
import type { Outcome } from '../../../shared/outcome.ts';
import { belongsTo, identifiersIn } from '../../../shared/record/belongs.ts';
import { checkClinicalDocument } from '../../../shared/record/intake.ts';
import type { DocumentWithBytes } from '../../../shared/record/record.ts';
import { overviewOf, type SectionOverview } from '../../../shared/record/sections/found.ts';
import type { Patient } from '../../../shared/patient/patient.ts';
import { Settings } from '../../../shared/settings.ts';
import { patientOfDocument } from '../../local/sample/patient-of-document.ts';
import { CommandError, inWords, type Command } from '../command.ts';
import { directAddress, needed, readArgs, readInput, writeOutput } from '../command-line.ts';

/** The package that would be attached, without any system around it. */
export const packageCommand: Command = {
  usage: 'package FILE… --out ZIP [--from ADDRESS] [--to ADDRESS] [--name NAME] [--oid OID]',
  does: 'Packages C-CDA documents of one patient as IHE XDM, the first first.',

  async run(args) {
    const { values, positionals } = readArgs(args, {
      out: { type: 'string' },
      from: { type: 'string', default: 'records@holder.example' },
      to: { type: 'string', default: 'recipient@clinic.example' },
      name: { type: 'string', default: 'Data holder' },
      oid: { type: 'string', default: '1.3.6.1.4.1.32473.1' },
    });
    const out = needed(values.out, 'the file to write with --out ZIP');
    const documents = await readDocuments(positionals);
    const sections = overviewOf(documents.documents.map(({ document }) => document));
    const address = directAddress(values.from, '--from');
    const bundle = orStop(
      packageRecord({
        ...documents,
        sender: {
          address,
          name: values.name,
          organizationOid: oid(values.oid),
          contact: values.name,
        },
        recipient: directAddress(values.to, '--to'),
        submissionTime: new Date(),
        transmissionId: 'tx_aaaaaaaaaaaaaaaaaaaaaaaaaa' as TransmissionId,
        // As the settings have them unless a stage says otherwise.
        fallbacks: Settings.shape.fallbacks.parse(undefined),
        sensitive: Settings.shape.sensitive.parse(undefined),
        htmlRendering: false,
        language: 'en',
      }),
    );
    await writeOutput(out, bundle.zip);
    return {
      ok: true,
      lines: [...bundle.entries, sectionsLine(sections)],
      json: { out, sizeBytes: bundle.zip.length, entries: bundle.entries, sections },
      summary: `${out}: ${bundle.documents.length} documents, ${bundle.zip.length} bytes`,
    };
  },
};

/** `docs/sections.md` says what the words mean. */
const sectionsLine = ({ present, empty, missing }: SectionOverview): string =>
  `sections: ${present.length} of ${present.length + empty.length + missing.length} present${named('empty', empty)}${named('missing', missing)}`;

const named = (state: string, keys: readonly string[]): string =>
  keys.length === 0 ? '' : `; ${state}: ${keys.join(', ')}`;

/** What the settings would take. */
function oid(text: string): string {
  const { organizationOid } = Settings.shape.senders.element.shape;
  if (organizationOid.safeParse(text).success) return text;
  throw new CommandError(
    `--oid takes the OID of the organisation, as 1.3.6.1.4.1.32473.1; this is none: ${text}`,
  );
}

/** The patient is the one of the first document; a document about another one is refused. */
async function readDocuments(
  files: readonly string[],
): Promise<{ patient: Patient; documents: readonly DocumentWithBytes[] }> {
  const read = await Promise.all(
    files.map(async (file) => {
      const bytes = await readInput(file);
      return { file, bytes, checked: orStop(checkClinicalDocument(bytes), file) };
    }),
  );
  const [first] = read;
  if (!first) throw new CommandError('Name at least one document.');
  const patient = {
    ...patientOfDocument(first.checked.header),
    id: 'from-the-document' as PatientId,
    key: 'pat_from-the-document' as PatientKey,
  };
  for (const { file, checked } of read)
    orStop(belongsTo(identifiersIn(checked.header), patient), file);
  return {
    patient,
    documents: read.map(({ bytes, checked: { sha256, sizeBytes, sections } }, index) => ({
      bytes,
      document: {
        documentId: `document-${index + 1}` as DocumentId,
        patientKey: patient.key,
        mimeType: 'text/xml',
        sha256,
        sizeBytes,
        receivedAt: new Date().toISOString(),
        bytesAt: sha256,
        sections,
      },
    })),
  };
}

function orStop<T>(outcome: Outcome<T>, file?: string): T {
  if (outcome.ok) return outcome.value;
  throw new CommandError(`${file === undefined ? '' : `${file}: `}${inWords(outcome.failure)}`);
}
