import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAsEither, viewOf } from '../../../infra/cli/batch/read-notifications.ts';
import { SHARED } from '../../support/present.ts';
import type { FailedCase, SuiteResult } from '../conformance/suite.ts';
import { expectationOf, type Expectation } from './notification-index.ts';

const FOLDER = join(SHARED, 'vectors/notifications');

/** By file, why it is read otherwise than the table of the collection says. */
type Divergences = Readonly<Record<string, string>>;

export const readDivergences = (): Divergences =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, '../notifications-divergences.json'), 'utf8'),
  ) as Divergences;

/** Every row of the table of the collection, by file. */
export function readIndex(): ReadonlyMap<string, Expectation> {
  const rows = readFileSync(join(FOLDER, 'INDEX.md'), 'utf8').matchAll(
    /^\| ([^| ]+\/[^| ]+) \|[^|]*\|[^|]*\|(.*)\|$/gm,
  );
  return new Map([...rows].map(([, file = '', said = '']) => [file, expectationOf(file, said)]));
}

/** Reads all mails and events of the collection and compares with what its table says of each. */
export async function runNotifications(): Promise<SuiteResult> {
  const divergences = readDivergences();
  const index = [...readIndex()];
  const applicable = index.filter(([file]) => divergences[file] === undefined);
  const failed: FailedCase[] = [];
  for (const [file, expected] of applicable) {
    const got = await readingOf(file);
    if (!agrees(expected, got)) {
      failed.push({ id: file, expected: JSON.stringify(expected), got: JSON.stringify(got) });
    }
  }
  const total = applicable.length;
  const notApplicable = index.length - total;
  return { passed: total - failed.length, total, notApplicable, failed };
}

/** What `transmit read-notification` says of a file of the collection. */
export async function readingOf(file: string): Promise<Expectation> {
  const read = await readAsEither(readFileSync(join(FOLDER, file)));
  if (!read.ok) return { kind: read.failure.code };
  const { kind, originalMessageIds, recipients } = viewOf(read.value);
  const finals = 'recipients' in read.value ? read.value.recipients : [];
  return {
    kind,
    id: originalMessageIds[0] ?? 'none',
    recipients: recipients.map((each, at) => ({
      ...each,
      ...(each.address && { address: each.address.toLowerCase() }),
      ...(kind === 'mdn' && { final: finals[at]?.final ?? false }),
    })),
  };
}

/** Of what the table does not say, anything is right. */
export function agrees(expected: Expectation, got: Expectation): boolean {
  const { id, recipients } = expected;
  return (
    expected.kind === got.kind &&
    (id === undefined || id === got.id) &&
    (recipients === undefined ||
      (recipients.length === got.recipients?.length &&
        recipients.every((each, at) => holds(each, got.recipients?.[at] ?? {}))))
  );
}

/** `none` stands for what must not be there. */
const holds = (expected: object, got: object): boolean =>
  Object.entries(expected).every(
    ([name, value]: [string, unknown]) => (Reflect.get(got, name) ?? 'none') === value,
  );
