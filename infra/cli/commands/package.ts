import { packageRecord } from '../../../shared/package/package-record.ts';
import type { TransmissionId } from '../../../shared/ids.ts';
import type { Outcome } from '../../../shared/outcome.ts';
import { overviewOf, type SectionOverview } from '../../../shared/record/sections/found.ts';
import { Settings } from '../../../shared/settings.ts';
import { CommandError, inWords, type Command } from '../command.ts';
import { directAddress, needed, readArgs, readInput, writeOutput } from '../command-line.ts';
import { recordOf, type RecordOfFiles } from '../record-of-files.ts';

/** The package that would be attached, without any system around it. */
export const packageCommand: Command = {
  usage: 'package FILE… --out ZIP [--from ADDRESS] [--to ADDRESS] [--name NAME] [--oid OID]',
  does: 'Packages documents of one patient (C-CDA, PDF, text, FHIR JSON) as IHE XDM.',

  async run(args) {
    const { values, positionals } = readArgs(args, {
      out: { type: 'string' },
      from: { type: 'string', default: 'records@holder.example' },
      to: { type: 'string', default: 'recipient@clinic.example' },
      name: { type: 'string', default: 'Data holder' },
      oid: { type: 'string', default: '1.3.6.1.4.1.32473.1' },
    });
    const out = needed(values.out, 'the file to write with --out ZIP');
    const record = await readRecord(positionals);
    const sections = overviewOf(record.documents.map(({ document }) => document));
    const sender = {
      address: directAddress(values.from, '--from'),
      name: values.name,
      organizationOid: oid(values.oid),
      contact: values.name,
    };
    const recipient = directAddress(values.to, '--to');
    const submissionTime = new Date();
    const bundle = orStop(
      packageRecord({ ...record, ...UNLESS_SET, sender, recipient, submissionTime }),
    );
    await writeOutput(out, bundle.zip);
    return {
      ok: true,
      lines: [...bundle.entries, sectionsLine(sections)],
      json: {
        out,
        sizeBytes: bundle.zip.length,
        entries: bundle.entries,
        documents: bundle.documents,
        sections,
      },
      summary: `${out}: ${bundle.documents.length} documents, ${bundle.zip.length} bytes`,
    };
  },
};

/** As the settings have it unless a stage says otherwise, and a transmission that nobody opened. */
const UNLESS_SET = {
  transmissionId: 'tx_aaaaaaaaaaaaaaaaaaaaaaaaaa' as TransmissionId,
  fallbacks: Settings.shape.fallbacks.parse(undefined),
  sensitive: Settings.shape.sensitive.parse(undefined),
  htmlRendering: false,
  language: 'en',
} as const;

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

async function readRecord(files: readonly string[]): Promise<RecordOfFiles> {
  if (files.length === 0) throw new CommandError('Name at least one document.');
  const read = await Promise.all(
    files.map(async (file) => ({ file, bytes: await readInput(file) })),
  );
  const record = recordOf(read, new Date());
  if (record.ok) return record.value;
  throw new CommandError(`${record.file}: ${inWords(record.failure)}`);
}

function orStop<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new CommandError(inWords(outcome.failure));
}
