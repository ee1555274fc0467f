import type { FailureCode } from '../../failures.ts';
import { addressKeyOf, type AddressKey, type DirectAddress } from '../../ids.ts';
import type { TransmissionLine } from '../../transmission/ledger.ts';
import type { TransmitRequest } from '../../transmit-request/transmit-request.ts';

/** What became of the latest copy to an address, of those that carried the record. */
export interface LastCopy {
  readonly status: string;
  readonly code?: FailureCode;
  /** When it was asked for. ISO 8601 UTC. */
  readonly at: string;
}

/** An address that the patient sent to, or asked to send to, before. */
export interface RecentAddress {
  readonly address: DirectAddress;
  /** Absent: none went, or it is long ago. */
  readonly last?: LastCopy;
}

/**
 * The addresses that were asked for in the patient's name: those of the latest request first. What a system had sent
 * without being asked by anybody was not the patient's choice, and is left out.
 *
 * @param requests newest first
 * @param lines the latest copies, newest first
 */
export function recentAddresses(
  requests: readonly TransmitRequest[],
  lines: readonly TransmissionLine[],
): readonly RecentAddress[] {
  const latest = new Map<AddressKey, LastCopy>();
  for (const { address, status, code, createdAt, isProbe } of lines.toReversed()) {
    if (isProbe) continue;
    const copy = {
      status,
      at: createdAt,
      ...(code !== undefined && { code: code as FailureCode }),
    };
    latest.set(addressKeyOf(address as DirectAddress), copy);
  }
  const asked = new Map<AddressKey, DirectAddress>();
  const ofPatient = requests.filter(({ directive }) => directive.basis === undefined);
  for (const { addresses } of ofPatient) {
    for (const { address } of Object.values(addresses)) {
      const key = addressKeyOf(address);
      if (!asked.has(key)) asked.set(key, address);
    }
  }
  return [...asked].map(([key, address]) => {
    const last = latest.get(key);
    return { address, ...(last && { last }) };
  });
}
