import type { ReportId } from '../../ids.ts';
import type { Disclosure, List } from './disclosure.ts';
import type { Entry, Place } from './entry.ts';

/** What lies where an entry should; `entry` is absent when it cannot be read as one. */
export interface KeptEntry {
  readonly place: Place;
  readonly entry?: Entry;
}

/** An event as it is kept: its bytes, for which its entry vouches, and which entry that is. What cannot be read is ''. */
export interface KeptEvent {
  readonly id: ReportId;
  readonly text: string;
  readonly place: Place;
}

/** What lies in one of the lists of disclosures; `disclosure` is absent when it cannot be read as one. */
export interface KeptDisclosure {
  readonly list: List;
  readonly reportId: ReportId;
  readonly disclosure?: Disclosure;
}

/** Anything that lies in the table. */
export type Found =
  | { readonly kind: 'entry'; readonly found: KeptEntry }
  | { readonly kind: 'event'; readonly found: KeptEvent }
  | { readonly kind: 'disclosure'; readonly found: KeptDisclosure }
  | { readonly kind: 'unknown'; readonly key: string };

/** Reads all of the audit, whatever somebody has made of it. Every answer is strongly consistent, item by item. */
export interface AuditTrail {
  /** The number of the newest entry of a chain; 0 when there is none. */
  newest(chain: number): Promise<number>;
  /** Of one chain, in the order of their numbers. */
  entries(chain: number): AsyncIterable<KeptEntry>;
  /** Those that are there, in no order. */
  entriesAt(places: readonly Place[]): Promise<readonly KeptEntry[]>;
  /** Those that are there, in no order. */
  events(ids: readonly ReportId[]): Promise<readonly KeptEvent[]>;
  /** What lies where these should, in all lists that they belong in. */
  disclosuresAt(wanted: readonly Disclosure[]): Promise<readonly KeptDisclosure[]>;
  /** Page by page, in no order that means anything. */
  everything(): AsyncIterable<readonly Found[]>;
}

/** Reads the accounting of disclosures. Pages in the order of time, but those of a patient in no order. */
export interface DisclosureLists {
  /** @param key of a patient or an address, or a day UTC as `2026-11-22` */
  list(list: List, key: string): AsyncIterable<readonly Disclosure[]>;
}
