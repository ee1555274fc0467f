import type { Fact, FactBody } from '../../../transmission/facts.ts';
import type { Opening } from '../../../transmission/opening.ts';
import type { Transmission } from '../../../transmission/transmission.ts';
import { dueAttributes, KEYS } from '../keys.ts';
import type { Table, Write } from '../table.ts';
import { requestItem } from '../transmit-requests.ts';
import { asRead } from '../windows.ts';
import { endedAttributes } from './addition.ts';
import { factItem, metaItem } from './history.ts';
import { lineItem } from './line.ts';

/** 62 writes at most of ten addresses, with a probe to each: a transaction takes 100. */
export async function open(
  table: Table,
  opening: Opening,
): Promise<'opened' | 'changed-meanwhile'> {
  const { window, copies, facts, dueAt } = opening;
  const written = await table.write([
    { remove: KEYS.window(window.requestId), when: asRead(window) },
    requestWrite(opening),
    ...copies.flatMap((copy) => copyWrites(copy, facts, dueAt)),
  ]);
  return written.ok ? 'opened' : 'changed-meanwhile';
}

/** That the request is as it was read; of `once`, also that it is served. */
export function requestWrite({ request, served }: Pick<Opening, 'request' | 'served'>): Write {
  const { patientKey, id, version } = request;
  const when = [{ equals: [['body', 'version'], version] } as const];
  return served
    ? { put: requestItem({ ...served, version: version + 1 }), when }
    : { check: KEYS.request(patientKey, id), when };
}

/** A transmission with its first facts and its line. */
export function copyWrites(
  transmission: Transmission,
  bodies: readonly FactBody[],
  dueAt: Date | 'never',
): readonly Write[] {
  const { id, createdAt: at } = transmission;
  const facts = bodies.map((body, index): Fact => ({ ...body, sequence: index + 1, at }));
  const due = dueAt === 'never' ? endedAttributes(id, facts) : dueAttributes(id, dueAt);
  const meta = metaItem({ transmission, version: 1, sequence: facts.length, ...due });
  return [
    { put: meta, when: [{ absent: true }] },
    ...facts.map((fact) => ({ put: factItem(id, fact) })),
    { put: lineItem(transmission, facts) },
  ];
}
