import { disclosureLists } from '../../../shared/adapters/audit/trail.ts';
import { addressKeyOf } from '../../../shared/ids.ts';
import type { Disclosure, List } from '../../../shared/report/audit/disclosure.ts';
import { auditItems, AUDIT_NOTES, AUDIT_OPTIONS, AUDIT_USAGE } from '../audit-table.ts';
import { UsageError, type Command } from '../command.ts';
import { directAddress, readArgs } from '../command-line.ts';
import { patientKeyIn, PEPPER_OPTIONS } from '../patient-key.ts';

const OPTIONS = {
  ...AUDIT_OPTIONS,
  patient: { type: 'string' },
  ...PEPPER_OPTIONS,
  address: { type: 'string' },
  between: { type: 'string' },
} as const;

/** Which copies of records were handed over. */
export const disclosuresCommand: Command = {
  usage: `disclosures (--patient KEY-OR-ID | --address ADDRESS | --between DAY DAY) [--pepper-secret ARN] ${AUDIT_USAGE}`,
  does: 'Lists every copy that was handed over, or of which nobody knows whether it was: of a patient, to an address, or between two days.',
  notes: [
    '--patient: the key of the patient (pat_…); with --pepper-secret the id that the data holder uses.',
    '--between: the first and the last day, UTC, as 2026-11-22.',
    ...AUDIT_NOTES,
  ],

  async run(args) {
    const lists = disclosureLists(auditItems(readArgs(args, OPTIONS).values));
    const disclosures: Disclosure[] = [];
    for (const [list, key] of await askedFor(args)) {
      for await (const page of lists.list(list, key)) disclosures.push(...page);
    }
    disclosures.sort(byTime);
    const copies = new Set(disclosures.map(({ transmissionId }) => transmissionId)).size;
    return {
      ok: true,
      lines: disclosures.map(lineOf),
      json: { disclosures },
      summary: `${disclosures.length} disclosures of ${copies} copies`,
    };
  },
};

const byTime = (one: Disclosure, other: Disclosure): number =>
  one.at.localeCompare(other.at) || one.reportId.localeCompare(other.reportId);

const lineOf = ({ at, certainty, transmissionId, requestId, address = '', knownBy }: Disclosure) =>
  `${at}  ${certainty.padEnd(9)}  ${transmissionId}  ${requestId}  ${address}  (${knownBy})`;

type Asked = readonly [list: List, key: string];

/** One of the three questions, as the lists that answer it. */
async function askedFor(args: readonly string[]): Promise<readonly Asked[]> {
  const { values, positionals } = readArgs(args, OPTIONS);
  const { patient, address, between, 'pepper-secret': pepper } = values;
  if ([patient, address, between].filter((each) => each !== undefined).length !== 1) {
    throw new UsageError('Name one of --patient, --address and --between.');
  }
  if (between !== undefined) return daysBetween([between, ...positionals]);
  if (positionals.length > 0) throw new UsageError(`Nothing is asked with "${positionals[0]}".`);
  return address !== undefined
    ? [['address', addressKeyOf(directAddress(address, '--address'))]]
    : [['patient', await patientKeyIn(patient ?? '', pepper)]];
}

const DAY_MS = 86_400_000;
/** Each day is a question of its own. */
const MAX_DAYS = 3660;

function daysBetween(words: readonly string[]): readonly Asked[] {
  const [first = NaN, last = NaN] = words.map(dayIn);
  const count = (last - first) / DAY_MS + 1;
  if (words.length !== 2 || !(count >= 1 && count <= MAX_DAYS)) {
    throw new UsageError('--between takes the first and the last day, as 2026-11-22.');
  }
  return Array.from({ length: count }, (_, n): Asked => [
    'day',
    new Date(first + n * DAY_MS).toISOString().slice(0, 10),
  ]);
}

/** Milliseconds, or NaN for what is no day. */
function dayIn(word: string): number {
  const time = Date.parse(`${word}T00:00:00Z`);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(word) && !Number.isNaN(time);
  return isDay && new Date(time).toISOString().startsWith(word) ? time : NaN;
}
