import type { ReportId } from '../../ids.ts';
import { canonical } from './canonical.ts';
import { disclosureOf, listsOf } from './disclosure.ts';
import { eventHash, eventIn, type AuditEvent } from './event.ts';
import type { Finding } from './finding.ts';
import type { AuditTrail, Found, KeptDisclosure, KeptEvent } from './trail.ts';

/** Something that lies in the table and that no entry vouches for. */
export interface Stray {
  readonly found: Found;
  readonly finding: Finding;
}

/** Of what was found, what no entry vouches for. Entries themselves are judged in their chains. */
export async function strayIn(trail: AuditTrail, found: readonly Found[]): Promise<Stray[]> {
  const events = new Map(
    [...(await eventsOf(trail, found))].map((event) => [event.id, event] as const),
  );
  const entered = await enteredOf(trail, [...events.values()]);
  return found.flatMap((each): readonly Stray[] => {
    const finding = findingOn(each, entered);
    return finding ? [{ found: each, finding }] : [];
  });
}

function findingOn(each: Found, entered: ReadonlyMap<ReportId, AuditEvent>): Finding | undefined {
  switch (each.kind) {
    case 'entry':
      return undefined;
    case 'unknown':
      return { what: 'item-unknown', key: each.key };
    case 'event': {
      const { id: reportId, place } = each.found;
      return entered.has(reportId) ? undefined : { what: 'event-unentered', reportId, ...place };
    }
    case 'disclosure':
      return disclosureFinding(each.found, entered.get(each.found.reportId));
  }
}

function disclosureFinding(
  { list, reportId, disclosure }: KeptDisclosure,
  event: AuditEvent | undefined,
): Finding | undefined {
  const expected = event && disclosureOf(event);
  if (!expected || !listsOf(expected).includes(list)) {
    return { what: 'disclosure-unentered', list, reportId };
  }
  const isSame = disclosure !== undefined && canonical(disclosure) === canonical(expected);
  return isSame ? undefined : { what: 'disclosure-altered', list, reportId };
}

/** The events that were found, and those that what was found is about. */
async function eventsOf(trail: AuditTrail, found: readonly Found[]): Promise<readonly KeptEvent[]> {
  const here = found.flatMap((each) => (each.kind === 'event' ? [each.found] : []));
  const elsewhere = found.flatMap((each) =>
    each.kind === 'disclosure' ? [each.found.reportId] : [],
  );
  return [...(await trail.events([...new Set(elsewhere)])), ...here];
}

/** Those that the entry which they name names, with the bytes that it names. */
async function enteredOf(
  trail: AuditTrail,
  events: readonly KeptEvent[],
): Promise<ReadonlyMap<ReportId, AuditEvent>> {
  const entries = await trail.entriesAt(events.map(({ place }) => place));
  const hashes = new Map(
    entries.flatMap(({ place, entry }) =>
      (entry?.events ?? []).map(
        ({ id, sha256 }) => [`${place.chain} ${place.number} ${id}`, sha256] as const,
      ),
    ),
  );
  return new Map(
    events
      .filter(
        ({ id, text, place }) =>
          hashes.get(`${place.chain} ${place.number} ${id}`) === eventHash(text),
      )
      .map(({ id, text }) => [id, eventIn(text)] as const),
  );
}
