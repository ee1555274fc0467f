import type { ReadXdm } from '../../../shared/package/read-xdm.ts';
import { XDM_PROBLEMS } from '../../../shared/package/read/problems.ts';
import { inspectBatch, inspected } from '../batch/inspect-packages.ts';
import { inWords, type Command, type Report } from '../command.ts';
import { onlyOne, readArgs, readInput } from '../command-line.ts';

/** What is in a package that somebody else made, and what is wrong with it. */
export const inspectCommand: Command = {
  usage: 'inspect FILE',
  does: 'Reads an IHE XDM zip, or the one that is attached to a mail, and says what is odd about it.',
  batch: inspectBatch,

  async run(args) {
    const file = onlyOne(readArgs(args, {}).positionals, 'zip or mail');
    const read = inspected(await readInput(file));
    if (read.ok) return describe(file, read.value);
    return { ok: false, lines: [], json: { ...read.failure }, summary: inWords(read.failure) };
  },
};

function describe(file: string, { documents, submissionSets, problems }: ReadXdm): Report {
  return {
    ok: true,
    lines: [
      ...documents.flatMap(({ name, mimeType, bytes, described, hash, size }) => [
        `${name}: ${described.title ?? '(no title)'}`,
        `  ${mimeType}, ${bytes.length} bytes; hash ${hash}, size ${size}`,
      ]),
      ...problems.map(({ code, where }) => `${code}: ${XDM_PROBLEMS[code]} (${where})`),
    ],
    json: {
      documents: documents.map(({ described, name, hash, size }) => ({
        ...described,
        name,
        verdicts: { hash, size },
      })),
      submissionSets,
      problems,
    },
    summary: `${file}: ${documents.length} documents, ${problems.length} problems`,
  };
}
