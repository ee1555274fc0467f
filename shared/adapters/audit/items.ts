import * as z from 'zod';
import type { ReportId, Sha256 } from '../../ids.ts';
import {
  disclosureOf,
  listsOf,
  type Disclosure,
  type List,
} from '../../report/audit/disclosure.ts';
import type { Entry, Place } from '../../report/audit/entry.ts';
import { textOf, type AuditEvent } from '../../report/audit/event.ts';
import type { Found, KeptDisclosure, KeptEntry, KeptEvent } from '../../report/audit/trail.ts';
import type { Item } from '../dynamo/table.ts';
import { AUDIT_KEYS, meaningOf } from './keys.ts';

const SCHEMA = 1;

export const entryItem = (entry: Entry): Item => ({
  ...AUDIT_KEYS.entry(entry),
  kind: 'entry',
  schema: SCHEMA,
  body: entry,
});

export const eventItem = (event: AuditEvent, { chain, number }: Place): Item => ({
  ...AUDIT_KEYS.event(event.report.id),
  kind: 'event',
  schema: SCHEMA,
  chain,
  number,
  text: textOf(event),
});

export function disclosureItems(event: AuditEvent): readonly Item[] {
  const disclosure = disclosureOf(event);
  if (!disclosure) return [];
  return listsOf(disclosure).map((list) => ({
    ...AUDIT_KEYS.disclosure(list, disclosure),
    kind: 'disclosure',
    schema: SCHEMA,
    body: disclosure,
  }));
}

const Hash = z.string().transform((text) => text as Sha256);
const Id = z.string().transform((text) => text as ReportId);

const EntryItem = z.object({
  kind: z.literal('entry'),
  schema: z.literal(SCHEMA),
  body: z.strictObject({
    chain: z.number(),
    number: z.number(),
    at: z.string(),
    previous: Hash,
    events: z.array(z.strictObject({ id: Id, sha256: Hash })),
    sha256: Hash,
  }),
});

const EventItem = z.object({
  kind: z.literal('event'),
  schema: z.literal(SCHEMA),
  chain: z.number(),
  number: z.number(),
  text: z.string(),
});

/** As much as its key is made of: whether the rest is right, its event says. */
const DisclosureItem = z.object({
  kind: z.literal('disclosure'),
  schema: z.literal(SCHEMA),
  body: z.looseObject({
    reportId: z.string(),
    at: z.string(),
    certainty: z.enum(['sent', 'uncertain']),
    transmissionId: z.string(),
    patientKey: z.string(),
    address: z.string().optional(),
  }),
});

/** Reads anything that lies in the table. Somebody may have written it who was not to: nothing of it is believed. */
export function foundIn(item: Item): Found {
  const meaning = meaningOf(item);
  switch (meaning?.kind) {
    case 'entry':
      return { kind: 'entry', found: keptEntry(item, meaning.place) };
    case 'event':
      return { kind: 'event', found: keptEvent(item, meaning.id) };
    case 'disclosure':
      return { kind: 'disclosure', found: keptDisclosure(item, meaning.list, meaning.reportId) };
    case undefined:
      return { kind: 'unknown', key: `${item.pk} / ${item.sk}` };
  }
}

function keptEntry(item: Item, place: Place): KeptEntry {
  const read = EntryItem.safeParse(item);
  return read.success ? { place, entry: read.data.body } : { place };
}

/** One that cannot be read has no bytes and stands nowhere. */
function keptEvent(item: Item, id: ReportId): KeptEvent {
  const read = EventItem.safeParse(item);
  if (!read.success) return { id, text: '', place: { chain: -1, number: 0 } };
  const { text, chain, number } = read.data;
  return { id, text, place: { chain, number } };
}

function keptDisclosure(item: Item, list: List, reportId: ReportId): KeptDisclosure {
  const read = DisclosureItem.safeParse(item);
  if (!read.success) return { list, reportId };
  const disclosure = read.data.body as unknown as Disclosure;
  const { pk, sk } = AUDIT_KEYS.disclosure(list, disclosure);
  return pk === item.pk && sk === item.sk ? { list, reportId, disclosure } : { list, reportId };
}
