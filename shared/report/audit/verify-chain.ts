import { disclosureOf, listsOf, type Disclosure } from './disclosure.ts';
import { BEGINNING, entryHash, type Entry, type Place } from './entry.ts';
import { eventHash, eventIn } from './event.ts';
import type { Finding } from './finding.ts';
import type { AuditTrail, KeptEntry, KeptEvent } from './trail.ts';

/**
 * What is wrong in one chain: its entries, the events that they name, and the disclosures that follow from these.
 *
 * @param upTo the newest number that is looked at: what is entered meanwhile may be seen in part
 */
export async function* verifyChain(
  trail: AuditTrail,
  chain: number,
  upTo: number,
): AsyncGenerator<{ readonly entry?: Entry; readonly findings: readonly Finding[] }> {
  let before: KeptEntry | undefined;
  for await (const kept of trail.entries(chain)) {
    if (kept.place.number > upTo) return;
    const findings = [...gapBefore(kept, before), ...wrongWith(kept, before)];
    const { entry } = kept;
    before = kept;
    yield entry
      ? { entry, findings: [...findings, ...(await wrongWithEvents(trail, entry, kept))] }
      : { findings };
  }
}

function gapBefore({ place }: KeptEntry, before: KeptEntry | undefined): readonly Finding[] {
  const expected = (before?.place.number ?? 0) + 1;
  if (place.number <= expected) return [];
  const { chain, number } = { ...place, number: expected };
  return [{ what: 'entry-missing', chain, number, last: place.number - 1 }];
}

function wrongWith({ place, entry }: KeptEntry, before: KeptEntry | undefined): readonly Finding[] {
  if (!entry || entryHash(entry) !== entry.sha256) return [{ what: 'entry-altered', ...place }];
  const { chain, number } = place;
  const isHere = entry.chain === chain && entry.number === number;
  const isAfter = before?.place.number === number - 1;
  const expected = number === 1 ? BEGINNING : isAfter ? before.entry?.sha256 : undefined;
  return [
    ...(isHere ? [] : [{ what: 'entry-misplaced' as const, ...place }]),
    // After a gap, or after what cannot be read, there is nothing to compare with.
    ...(expected === undefined || expected === entry.previous
      ? []
      : [{ what: 'entry-unlinked' as const, ...place }]),
  ];
}

/** Entries are known by where they stand: what an altered one says of its own place counts for nothing. */
async function wrongWithEvents(
  trail: AuditTrail,
  { events }: Entry,
  { place }: KeptEntry,
): Promise<readonly Finding[]> {
  const kept = new Map(
    (await trail.events(events.map(({ id }) => id))).map((each) => [each.id, each]),
  );
  const findings: Finding[] = [];
  const wanted: Disclosure[] = [];
  for (const { id, sha256 } of events) {
    const event = kept.get(id);
    const what = wrongWithEvent(event, sha256, place);
    if (what) findings.push({ what, ...place, reportId: id });
    if (!event || what === 'event-altered') continue;
    const disclosure = disclosureOf(eventIn(event.text));
    if (disclosure) wanted.push(disclosure);
  }
  return [...findings, ...(await missingDisclosures(trail, wanted))];
}

function wrongWithEvent(event: KeptEvent | undefined, sha256: string, { chain, number }: Place) {
  if (!event) return 'event-missing';
  if (eventHash(event.text) !== sha256) return 'event-altered';
  const isHere = event.place.chain === chain && event.place.number === number;
  return isHere ? undefined : 'event-misplaced';
}

/** Whether those that are there are right is seen where everything is looked at. */
async function missingDisclosures(
  trail: AuditTrail,
  wanted: readonly Disclosure[],
): Promise<readonly Finding[]> {
  if (wanted.length === 0) return [];
  const kept = await trail.disclosuresAt(wanted);
  return wanted.flatMap((each) =>
    listsOf(each)
      .map((list) => ({ what: 'disclosure-missing' as const, list, reportId: each.reportId }))
      .filter(({ list, reportId }) =>
        kept.every((one) => one.list !== list || one.reportId !== reportId),
      ),
  );
}
