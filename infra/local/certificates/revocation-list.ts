import { createPublicKey } from 'node:crypto';
import * as asn1js from 'asn1js';
import { Certificate } from 'pkijs';
import type { Identity } from '../../../shared/secure/keys.ts';
import { encodeTime, keyIdOf, read } from './encoding.ts';
import {
  authorityKeyIdentifier,
  encode,
  encodeList,
  extension,
  type Extension,
} from './extensions.ts';
import { encodeAlgorithm, signed, type SignatureOptions } from './signatures.ts';

export interface RevokedCertificate {
  /** Content octets of the INTEGER. */
  readonly serial: Uint8Array;
  readonly at: Date;
  /** CRLReason of RFC 5280 section 5.3.1; 1 is keyCompromise. */
  readonly reason?: number;
  readonly extraExtensions?: readonly Extension[];
}

export interface RevocationListOptions extends SignatureOptions {
  readonly revoked?: readonly RevokedCertificate[];
  /** CRLNumber, 1 unless given. */
  readonly number?: number;
  /** An hour ago unless given. */
  readonly thisUpdate?: Date;
  /** A day after `thisUpdate` unless given; left out when `false`. */
  readonly nextUpdate?: Date | false;
  readonly extraExtensions?: readonly Extension[];
}

const HOUR_MS = 3_600_000;

/** Issues a revocation list, version 2, in the name of an authority. DER. */
export function makeRevocationList(
  authority: Identity,
  options: RevocationListOptions = {},
): Uint8Array {
  const { revoked = [] } = options;
  const thisUpdate = options.thisUpdate ?? new Date(Date.now() - HOUR_MS);
  const nextUpdate = options.nextUpdate ?? new Date(thisUpdate.getTime() + 24 * HOUR_MS);
  const content = new asn1js.Sequence({
    value: [
      new asn1js.Integer({ value: 1 }),
      encodeAlgorithm(authority.privateKey, options),
      read(Certificate.fromBER(authority.certificate).subject.valueBeforeDecode),
      encodeTime(thisUpdate),
      ...(nextUpdate ? [encodeTime(nextUpdate)] : []),
      ...(revoked.length > 0 ? [new asn1js.Sequence({ value: revoked.map(encodeRevoked) })] : []),
      encodeList(
        [
          authorityKeyIdentifier(keyIdOf(createPublicKey(authority.privateKey))),
          extension('2.5.29.20', new asn1js.Integer({ value: options.number ?? 1 })),
          ...(options.extraExtensions ?? []),
        ],
        0,
      ),
    ],
  });
  return signed(content, authority.privateKey, options);
}

function encodeRevoked({
  serial,
  at,
  reason,
  extraExtensions = [],
}: RevokedCertificate): asn1js.Sequence {
  const extensions = [
    ...(reason === undefined
      ? []
      : [extension('2.5.29.21', new asn1js.Enumerated({ value: reason }))]),
    ...extraExtensions,
  ];
  return new asn1js.Sequence({
    value: [
      new asn1js.Integer({ valueHex: serial }),
      encodeTime(at),
      ...(extensions.length > 0 ? [new asn1js.Sequence({ value: extensions.map(encode) })] : []),
    ],
  });
}
