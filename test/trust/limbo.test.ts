import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { domainOf, parseDirectAddress } from '../../shared/ids.ts';
import { readCertificate, type Certificate } from '../../shared/trust/certificate.ts';
import { buildPath } from '../../shared/trust/chain.ts';
import { bindingOf } from '../../shared/trust/checks/address-binding.ts';
import { describeWith, SHARED } from '../support/needs.ts';

interface Case {
  readonly id: string;
  readonly features: readonly string[];
  readonly expected_result: 'SUCCESS' | 'FAILURE';
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  readonly validation_time: string | null;
  readonly validation_kind: 'SERVER' | 'CLIENT';
  readonly expected_peer_name: { readonly kind: string; readonly value: string } | null;
}

/** Where this collection says nothing of the time, any within the certificates' 999 years will do. */
const SOME_TIME = '2024-06-01T00:00:00Z';

/** Rules of browsers (webpki) do not bind mail, and revocation lists (crl) are no matter of the path. */
const ABOUT_PATHS = /^(rfc5280|pathlen|pathological|cve|invalid|online)::/;

/**
 * Invalid by the letter, and yet accepted here, by these rules: key identifiers and serial numbers are not asked for,
 * for they prove nothing and authorities of the field get them wrong; basicConstraints need not be critical, for the
 * field's test authorities do not mark them; and there is one limit on the length of paths, not one for each caller.
 */
const ACCEPTED_ALL_THE_SAME = [
  'pathlen::max-chain-depth-0-exhausted',
  'pathlen::max-chain-depth-1-exhausted',
  'rfc5280::aki::cross-signed-root-missing-aki',
  'rfc5280::aki::intermediate-missing-aki',
  'rfc5280::aki::leaf-missing-aki',
  'rfc5280::root-non-critical-basic-constraints',
  'rfc5280::serial::too-long',
  'rfc5280::serial::zero',
  'rfc5280::ski::intermediate-missing-ski',
  'rfc5280::ski::root-missing-ski',
];

describeWith(['shared'], 'the paths of x509-limbo', () => {
  let cases: readonly Case[];
  let accepted: readonly Case[];
  beforeAll(() => {
    const path = resolve(SHARED, 'vectors/limbo/limbo.json');
    const { testcases } = JSON.parse(readFileSync(path, 'utf8')) as { testcases: Case[] };
    cases = testcases.filter(({ id }) => ABOUT_PATHS.test(id));
    accepted = cases.filter(isAccepted);
  });

  test('of those that must fail none is accepted, but for ten that break rules not kept here', () => {
    expect(idsOf(cases, 'FAILURE')).toHaveLength(91);
    expect(idsOf(accepted, 'FAILURE').sort()).toEqual(ACCEPTED_ALL_THE_SAME);
  });

  test('of those that must succeed only restrictions in names and a wildcard are refused', () => {
    const refused = cases.filter((each) => !accepted.includes(each));
    expect(idsOf(accepted, 'SUCCESS').length).toBeGreaterThanOrEqual(37);
    const others = idsOf(refused, 'SUCCESS').filter((id) => !id.startsWith('rfc5280::nc::'));
    expect(others).toEqual(['online::docs.python.org']);
  });
});

const idsOf = (list: readonly Case[], expected: string): string[] =>
  list.filter((each) => each.expected_result === expected).map(({ id }) => id);

/** The same judgement as in `trust`, with the extended key usages of TLS in the place of mail's. */
function isAccepted(each: Case): boolean {
  const now = new Date(each.validation_time ?? SOME_TIME);
  const [leaf] = readAll([each.peer_certificate]);
  if (!leaf) return false;
  const anchors = readAll(each.trusted_certs);
  const path = buildPath(leaf, readAll(each.untrusted_intermediates), anchors, now);
  return path.ok && isBound(leaf, each) && isForTls(leaf, each) && !contradictsItself(leaf);
}

function isBound(leaf: Certificate, { expected_peer_name: peer }: Case): boolean {
  if (!peer) return true;
  const address = parseDirectAddress(`someone@${peer.value}`);
  return (
    peer.kind === 'DNS' &&
    address.ok &&
    domainOf(address.value) === peer.value &&
    bindingOf(leaf, address.value) === 'service'
  );
}

function isForTls({ extendedKeyUsage }: Certificate, { validation_kind: kind }: Case): boolean {
  const wanted = kind === 'SERVER' ? '1.3.6.1.5.5.7.3.1' : '1.3.6.1.5.5.7.3.2';
  return !extendedKeyUsage || extendedKeyUsage.has(wanted);
}

const contradictsItself = ({ keyUsage, basicConstraints }: Certificate): boolean =>
  keyUsage?.has('keyCertSign') === true && basicConstraints?.ca !== true;

const readAll = (pems: readonly string[]): Certificate[] =>
  pems
    .map((pem) => readCertificate(Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')))
    .filter((read) => read.ok)
    .map(({ value }) => value);
