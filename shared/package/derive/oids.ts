import { sha256 } from '../../ids.ts';
import { isOid, isUuid } from '../../oid.ts';

/** An identifier in the namespace of an OID. */
export interface Assigned {
  readonly id: string;
  readonly oid: string;
}

/** Below 2.25 every UUID is an OID: written as one decimal number. */
const ofUuid = (hex: string): string => `2.25.${BigInt(`0x${hex}`)}`;

/** The root of an HL7 II as an OID; other roots than OIDs and UUIDs have none. */
export function oidOf(root: string): string | undefined {
  if (isOid(root)) return root;
  return isUuid(root) ? ofUuid(root.replaceAll('-', '')) : undefined;
}

/**
 * An OID of our own for whatever the name stands for; the same name gives the same one. It is the SHA-256 of the name
 * in the form of a version 8 UUID, the version for contents of one's own.
 */
export function mintOid(name: string): string {
  const hex = sha256(name).slice(0, 32);
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
  return ofUuid(`${hex.slice(0, 12)}8${hex.slice(13, 16)}${variant}${hex.slice(17)}`);
}
