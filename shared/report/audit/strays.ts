import type { ReportId } from '../../ids.ts';
import { canonical } from './canonical.ts';
import { disclosureOf, listsOf } from './disclosure.ts';
import type { Place } from './entry.ts';
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
  const events = await standingOf(trail, await eventsOf(trail, found));
  return found.flatMap((each): readonly Stray[] => {
    const finding = findingOn(each, events);
    return finding ? [{ found: each, finding }] : [];
  });
}

/** Events by their ids: those that no entry vouches for are not read. */
type Standing = ReadonlyMap<ReportId, AuditEvent | 'unentered'>;

function findingOn(each: Found, events: Standing): Finding | undefined {
  switch (each.kind) {
    case 'entry':
      return undefined;
    case 'unknown':
      return { what: 'item-unknown', key: each.key };
    case 'event': {
      const { id: reportId, place } = each.found;
      const isEntered = events.get(reportId) !== 'unentered';
      return isEntered ? undefined : { what: 'event-unentered', reportId, ...place };
    }
    case 'disclosure':
      return disclosureFinding(each.found, events.get(each.found.reportId));
  }
}

/** The disclosures of an event that is not what was entered are not named beside it. */
function disclosureFinding(
  { list, reportId, disclosure }: KeptDisclosure,
  event: AuditEvent | 'unentered' | undefined,
): Finding | undefined {
  if (event === 'unentered') return undefined;
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
  return [...(await trail.events(elsewhere)), ...here];
}

/** An event stands where the entry that it names names it, with the bytes that it has. */
async function standingOf(trail: AuditTrail, events: readonly KeptEvent[]): Promise<Standing> {
  const entries = await trail.entriesAt(events.map(({ place }) => place));
  const hashes = new Map(
    entries.flatMap(({ place, entry }) =>
      (entry?.events ?? []).map(({ id, sha256 }) => [standOf(place, id), sha256] as const),
    ),
  );
  return new Map(
    events.map(({ id, text, place }) => {
      const isEntered = hashes.get(standOf(place, id)) === eventHash(text);
      return [id, isEntered ? eventIn(text) : 'unentered'] as const;
    }),
  );
}

const standOf = ({ chain, number }: Place, id: ReportId): string => `${chain} ${number} ${id}`;
