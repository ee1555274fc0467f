import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCertificate, type Certificate } from '../../../shared/trust/certificate.ts';
import { readOcspResponse } from '../../../shared/trust/revocation/ocsp-response.ts';
import { checkRevocation } from '../../../shared/trust/revocation/revocation.ts';
import { SHARED } from '../../support/present.ts';
import type { SuiteResult } from '../conformance/suite.ts';

const VECTORS = join(SHARED, 'vectors/ocsp');

/** A response, and the certificate of an issuer: the right one, or one of those that are wrong in one way. */
interface Case {
  /** `D1` to `D3` with a delegated responder, `ND1` to `ND3` without; what is before it is wrong with the response. */
  readonly response: string;
  /** What is wrong with the issuer's certificate. */
  readonly issuerFault?: string;
}

/** Invalid Signature of the Issuer's Certificate: it is the anchor here, and how it is signed does not matter. */
const HARMLESS = ['ISIC'];
/** Wrong Subject Name: no path leads over it, so that no response is looked at. */
const OTHER_NAME = 'WSNIC';
const ISSUER_FAULTS = ['ISIC', 'WKIC', OTHER_NAME];

/**
 * Judges the responses of OpenSSL's OCSP suite, each with the certificate that it speaks of and that of its issuer, and
 * the six good ones also with certificates of issuers that are wrong in one way. Twice: where SHA-1 may be used each is
 * what its name says; where it may not all are refused as weak.
 */
export async function runOcsp(): Promise<SuiteResult> {
  const failed: { id: string; expected: string; got: string }[] = [];
  const all = cases();
  for (const each of all) {
    const id = each.issuerFault ? `${each.response} by ${each.issuerFault}` : each.response;
    const fault = each.response.split('_').at(-2);
    const isGood = !fault && (!each.issuerFault || HARMLESS.includes(each.issuerFault));
    const got = await judge(each, true);
    const expected = isGood ? 'good' : 'unknown';
    if (got.split(' ')[0] !== expected) failed.push({ id: `${id}, SHA-1 allowed`, expected, got });
    const refused = each.issuerFault === OTHER_NAME ? 'unknown forged' : 'unknown weak';
    const strict = await judge(each, false);
    if (strict !== refused) failed.push({ id, expected: refused, got: strict });
  }
  const total = 2 * all.length;
  return { passed: total - failed.length, total, notApplicable: 0, failed };
}

function cases(): readonly Case[] {
  const responses = readdirSync(VECTORS)
    .filter((name) => name.endsWith('.ors'))
    .map((name) => name.slice(0, -'.ors'.length))
    .toSorted();
  const good = responses.filter((name) => !name.includes('_'));
  return [
    ...responses.map((response) => ({ response })),
    ...good.flatMap((response) => ISSUER_FAULTS.map((issuerFault) => ({ response, issuerFault }))),
  ];
}

/** By the clock at which the good ones are current. */
async function judge({ response, issuerFault }: Case, allowSha1: boolean): Promise<string> {
  const subject = response.split('_').at(-1)!;
  const now = new Date(subject.startsWith('N') ? '2012-10-12T00:00:00Z' : '2012-10-23T11:00:00Z');
  const read = readOcspResponse(
    Buffer.from(readFileSync(at(`${response}.ors`), 'latin1'), 'base64'),
  );
  if (!read.ok) return `unreadable ${read.failure.detail}`;
  const path = [
    certificateAt(`${subject}_Cert_`),
    certificateAt(`${issuerFault ? `${issuerFault}_` : ''}${subject}_Issuer_`),
  ] as const;
  const { outcome } = await checkRevocation(path, {
    now,
    rules: { revocation: 'hard-fail', allowSha1, minimumRsaBits: 2048 },
    evidence: { crls: [], ocsp: [read.value] },
    validIssuersOfCrl: () => [],
  });
  if (outcome.ok) return outcome.value;
  return outcome.failure.code === 'trust/revoked' ? 'revoked' : `unknown ${outcome.failure.detail}`;
}

function certificateAt(start: string): Certificate {
  const name = readdirSync(VECTORS).find((each) => each.startsWith(start));
  const [, base64 = ''] =
    /-----BEGIN CERTIFICATE-----([^-]+)-/.exec(readFileSync(at(name!), 'latin1')) ?? [];
  const read = readCertificate(Buffer.from(base64, 'base64'));
  if (!read.ok) throw new Error(`${name} cannot be read`);
  return read.value;
}

const at = (name: string): string => join(VECTORS, name);
