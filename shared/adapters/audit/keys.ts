import { addressKeyOf, type DirectAddress, type ReportId } from '../../ids.ts';
import type { Disclosure, List } from '../../report/audit/disclosure.ts';
import { CHAINS, type Place } from '../../report/audit/entry.ts';
import type { Key } from '../dynamo/table.ts';

/** Twelve digits: so texts are in the order of numbers. */
const DIGITS = 12;

/**
 * Where each thing lies in the table of the audit.
 *
 * @see docs/table.md
 */
export const AUDIT_KEYS = {
  entry: ({ chain, number }: Place): Key => ({
    pk: AUDIT_PARTITIONS.chain(chain),
    sk: String(number).padStart(DIGITS, '0'),
  }),
  event: (id: ReportId): Key => ({ pk: `EVENT#${id}`, sk: 'EVENT' }),
  /** By patient in the order of transmissions: so it is one question whether a copy is known to have left. */
  disclosure: (
    list: List,
    { patientKey, address, at, transmissionId, certainty, reportId }: Disclosure,
  ): Key => {
    switch (list) {
      case 'patient':
        return {
          pk: AUDIT_PARTITIONS.patient(patientKey),
          sk: `${transmissionId}#${certainty}#${reportId}`,
        };
      case 'address':
        return { pk: AUDIT_PARTITIONS.address(addressKeyIn(address)), sk: `${at}#${reportId}` };
      case 'day':
        return { pk: AUDIT_PARTITIONS.day(at.slice(0, 10)), sk: `${at}#${reportId}` };
    }
  },
} as const;

export const AUDIT_PARTITIONS = {
  chain: (chain: number): string => `CHAIN#${chain}`,
  patient: (key: string): string => `PATIENT#${key}`,
  address: (key: string): string => `ADDRESS#${key}`,
  /** As `2026-11-22`, UTC. */
  day: (day: string): string => `DAY#${day}`,
} as const;

const addressKeyIn = (address: string | undefined): string =>
  addressKeyOf((address ?? '') as DirectAddress);

/** What a key says of what lies under it. */
export type KeyMeaning =
  | { readonly kind: 'entry'; readonly place: Place }
  | { readonly kind: 'event'; readonly id: ReportId }
  | { readonly kind: 'disclosure'; readonly list: List; readonly reportId: ReportId };

const LISTS_BY_NAME: Readonly<Record<string, List>> = {
  PATIENT: 'patient',
  ADDRESS: 'address',
  DAY: 'day',
};

/** @returns undefined for a key that the audit does not use */
export function meaningOf({ pk, sk }: Key): KeyMeaning | undefined {
  const [name = '', rest = ''] = pk.split('#', 2);
  if (name === 'EVENT') return sk === 'EVENT' ? { kind: 'event', id: rest as ReportId } : undefined;
  if (name === 'CHAIN') return entryMeaning(rest, sk);
  const list = Object.hasOwn(LISTS_BY_NAME, name) ? LISTS_BY_NAME[name] : undefined;
  const reportId = sk.slice(sk.lastIndexOf('#') + 1) as ReportId;
  return list && { kind: 'disclosure', list, reportId };
}

function entryMeaning(chain: string, sk: string): KeyMeaning | undefined {
  const place = { chain: Number(chain), number: Number(sk) };
  const isOurs = /^\d{1,2}$/.test(chain) && place.chain < CHAINS && /^\d{12}$/.test(sk);
  return isOurs && place.number > 0 ? { kind: 'entry', place } : undefined;
}
