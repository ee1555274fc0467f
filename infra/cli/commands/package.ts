import type { Outcome } from '../../../shared/outcome.ts';
import { overviewOf, type SectionOverview } from '../../../shared/record/sections/found.ts';
import { Settings } from '../../../shared/settings.ts';
import { packageBatch } from '../batch/package-records.ts';
import { bundleOf, USUAL_PARTIES } from '../bundle-of.ts';
import { CommandError, inWords, UsageError, type Command } from '../command.ts';
import { directAddress, needed, readArgs, readInput, writeOutput } from '../command-line.ts';
import { recordOf, type RecordOfFiles } from '../record-of-files.ts';

/** The package that would be attached, without any system around it. */
export const packageCommand: Command = {
  usage: 'package FILE… --out ZIP [--from ADDRESS] [--to ADDRESS] [--name NAME] [--oid OID]',
  does: 'Packages documents of one patient (C-CDA, PDF, text, FHIR JSON) as IHE XDM.',
  batch: packageBatch,

  async run(args) {
    const { from, to, name, oid } = USUAL_PARTIES;
    const { values, positionals } = readArgs(args, {
      out: { type: 'string' },
      from: { type: 'string', default: from },
      to: { type: 'string', default: to },
      name: { type: 'string', default: name },
      oid: { type: 'string', default: oid },
    });
    if (positionals.length === 0) throw new UsageError('Name at least one document.');
    const out = needed(values.out, 'the file to write with --out ZIP');
    const now = new Date();
    const record = await readRecord(positionals, now);
    const sections = overviewOf(record.documents.map(({ document }) => document));
    const parties = {
      from: directAddress(values.from, '--from'),
      to: directAddress(values.to, '--to'),
      name: values.name,
      oid: organizationOid(values.oid),
    };
    const bundle = orStop(bundleOf(record, parties, now));
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

/** `docs/sections.md` says what the words mean. */
const sectionsLine = ({ present, empty, missing }: SectionOverview): string =>
  `sections: ${present.length} of ${present.length + empty.length + missing.length} present${named('empty', empty)}${named('missing', missing)}`;

const named = (state: string, keys: readonly string[]): string =>
  keys.length === 0 ? '' : `; ${state}: ${keys.join(', ')}`;

/** What the settings would take. */
function organizationOid(text: string): string {
  const { organizationOid: form } = Settings.shape.senders.element.shape;
  if (form.safeParse(text).success) return text;
  throw new CommandError(
    `--oid takes the OID of the organisation, as 1.3.6.1.4.1.32473.1; this is none: ${text}`,
  );
}

async function readRecord(files: readonly string[], now: Date): Promise<RecordOfFiles> {
  const read = await Promise.all(
    files.map(async (file) => ({ file, bytes: await readInput(file) })),
  );
  const record = recordOf(read, now);
  if (record.ok) return record.value;
  throw new CommandError(`${record.file}: ${inWords(record.failure)}`);
}

function orStop<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new CommandError(inWords(outcome.failure));
}
