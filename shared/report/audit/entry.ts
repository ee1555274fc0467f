import { sha256, type ReportId, type Sha256 } from '../../ids.ts';
import { canonical } from './canonical.ts';
import { eventHash, textOf, type AuditEvent } from './event.ts';

/** So many chains, that no one of them takes all writes and few writers meet. */
export const CHAINS = 16;

/** Where an entry stands: numbers begin at 1 in each chain and have no gaps. */
export interface Place {
  /** 0 to 15. */
  readonly chain: number;
  readonly number: number;
}

/** One link of a chain: it vouches for its events and, by the hash of the one before, for all that was entered before. */
export interface Entry extends Place {
  /** When it was entered. ISO 8601 UTC. */
  readonly at: string;
  /** The hash of the entry before; of the first one: `BEGINNING`. */
  readonly previous: Sha256;
  /** In the order in which they happened. */
  readonly events: readonly { readonly id: ReportId; readonly sha256: Sha256 }[];
  /** Of all that. */
  readonly sha256: Sha256;
}

/** What the first entry of a chain names as the one before. */
export const BEGINNING = '0'.repeat(64) as Sha256;

/** The chain that what begins with this report is entered in. */
export const chainOf = (first: ReportId): number => Number.parseInt(sha256(first).slice(0, 1), 16);

/** The next entry of a chain after `before`, which is absent in an empty chain. */
export function nextEntry(
  chain: number,
  before: Entry | undefined,
  events: readonly AuditEvent[],
  now: Date,
): Entry {
  const entry = {
    chain,
    number: (before?.number ?? 0) + 1,
    at: now.toISOString(),
    previous: before?.sha256 ?? BEGINNING,
    events: events.map((event) => ({
      id: event.report.id,
      sha256: eventHash(textOf(event)),
    })),
  };
  return { ...entry, sha256: entryHash(entry) };
}

/** The hash that an entry must bear. */
export const entryHash = ({ chain, number, at, previous, events }: Omit<Entry, 'sha256'>): Sha256 =>
  sha256(canonical({ chain, number, at, previous, events }));
