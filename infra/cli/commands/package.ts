import { writeFile } from 'node:fs/promises';
import { packageRecord } from '../../../shared/package/package-record.ts';
import type { DocumentId, TransmissionId } from '../../../shared/ids.ts';
import type { Outcome } from '../../../shared/outcome.ts';
import { belongsTo } from '../../../shared/record/belongs.ts';
import { checkDocument } from '../../../shared/record/intake.ts';
import type { DocumentWithBytes } from '../../../shared/record/record.ts';
import type { Patient } from '../../../shared/patient/patient.ts';
import { CommandError, inWords, type Command } from '../command.ts';
import { directAddress, needed, readArgs, readInput } from '../command-line.ts';
import { patientOf } from './patient-of.ts';

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
    const address = directAddress(values.from);
    const bundle = orStop(
      packageRecord({
        ...documents,
        sender: { address, name: values.name, organizationOid: values.oid, contact: values.name },
        recipient: directAddress(values.to),
        submissionTime: new Date(),
        transmissionId: 'tx_aaaaaaaaaaaaaaaaaaaaaaaaaa' as TransmissionId,
        fallbacks: FALLBACKS,
      }),
    );
    await writeFile(out, bundle.zip).catch((error: NodeJS.ErrnoException) => {
      throw new CommandError(`Cannot write ${out} (${error.code ?? error.name}).`);
    });
    return {
      ok: true,
      lines: bundle.entries,
      json: { out, sizeBytes: bundle.zip.length, entries: bundle.entries },
      summary: `${out}: ${bundle.documents} documents, ${bundle.zip.length} bytes`,
    };
  },
};

/** As the settings have them unless a stage says otherwise. */
const FALLBACKS = {
  facilityType: ['264372000', '2.16.840.1.113883.6.96', 'Pharmacy'],
  practiceSetting: ['408443003', '2.16.840.1.113883.6.96', 'General medical practice'],
} satisfies Parameters<typeof packageRecord>[0]['fallbacks'];

/** The patient is the one of the first document; a document about another one is refused. */
async function readDocuments(
  files: readonly string[],
): Promise<{ patient: Patient; documents: readonly DocumentWithBytes[] }> {
  const read = await Promise.all(
    files.map(async (file) => {
      const bytes = await readInput(file);
      return { file, bytes, checked: orStop(checkDocument(bytes), file) };
    }),
  );
  const [first] = read;
  if (!first) throw new CommandError('Name at least one document.');
  const patient = patientOf(first.checked.header);
  for (const { file, checked } of read) orStop(belongsTo(checked.header, patient), file);
  return {
    patient,
    documents: read.map(({ bytes, checked: { sha256, sizeBytes } }, index) => ({
      bytes,
      document: {
        documentId: `document-${index + 1}` as DocumentId,
        patientKey: patient.key,
        mimeType: 'text/xml',
        sha256,
        sizeBytes,
        receivedAt: new Date().toISOString(),
        bytesAt: sha256,
      },
    })),
  };
}

function orStop<T>(outcome: Outcome<T>, file?: string): T {
  if (outcome.ok) return outcome.value;
  throw new CommandError(`${file === undefined ? '' : `${file}: `}${inWords(outcome.failure)}`);
}
