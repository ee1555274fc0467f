import { parseDirectAddress, type DirectAddress } from '../../../shared/ids.ts';
import { fail, type Outcome } from '../../../shared/outcome.ts';
import { readCertificate, type Certificate } from '../../../shared/trust/certificate.ts';
import { readCrl } from '../../../shared/trust/revocation/crl.ts';
import { readOcspResponse } from '../../../shared/trust/revocation/ocsp-response.ts';
import type { Evidence } from '../../../shared/trust/revocation/revocation.ts';
import { STRICT, type RevocationMode, type TrustRules } from '../../../shared/trust/rules.ts';
import { instantOf } from '../certificates/instant.ts';
import { judgeChain, type ChainVerdict } from '../certificates/judge-chain.ts';
import { objectsIn } from '../certificates/objects-in.ts';
import { rfc4514 } from '../certificates/rfc4514.ts';
import type { Answer, Batch } from './batch.ts';
import { ChainRequest } from './chain-request.ts';
import { requestIn } from './request-in.ts';

const NOTHING = { path: [], policies: [] };

/** A revocation list of a large authority is some megabytes. */
const MAX_LINE_MEGABYTES = 16;

/** Judges certificates with all that is needed for it; nothing is fetched. */
export const trustBatch: Batch = {
  takes:
    '{"id","certificate","intermediates":[…],"anchors":[…],"crls":[…],"ocsp":[…],"at","purpose","address",' +
    '"peerName":{"type","value"},"extendedKeyUsage":[…],"revocation","initialPolicySet":[…],"explicitPolicy",' +
    '"inhibitPolicyMapping","inhibitAnyPolicy","maxDepth","allowSha1","minimumRsaBits"}',
  verdict: 'trusted',
  gives: '{"path":[…],"policies":[…]}',
  nothing: NOTHING,
  counts: 'certificates trusted',
  maxLineMegabytes: MAX_LINE_MEGABYTES,
  notes: [
    'All but id, certificate and anchors may be left out or null. Nothing is fetched. A line may have 16 MB.',
    'certificate, intermediates, anchors, crls, ocsp: PEM, or base64 of DER. A certificate that cannot be read is',
    '  refused as trust/malformed; one among the others is passed over.',
    'at: RFC 3339, UTC without a zone; now unless given.',
    'purpose: any (unless given) is RFC 5280 section 6 alone. direct judges as a sender does: it needs the address, and',
    '  the certificate has to be bound to it, with a key for encryption of mail. any does not look at the address.',
    'peerName: {"type":"dns"|"email"|"ip","value"}, asked of the alternative names.',
    'extendedKeyUsage: names (serverAuth, clientAuth, codeSigning, emailProtection, timeStamping, OCSPSigning,',
    '  anyExtendedKeyUsage) or OIDs; the whole path has to allow each of them.',
    'revocation: hard-fail wants an answer about every certificate but the anchor, soft-fail takes those without, off asks',
    '  nobody. Unless given: hard-fail where crls or ocsp are; without them, off for any, and for direct one that names a',
    '  source is refused, for it cannot be asked.',
    'initialPolicySet: OIDs; empty, absent or with 2.5.29.32.0: any policy.',
    'maxDepth: certificates between leaf and anchor, without self-issued ones; 8. minimumRsaBits: 2048 for every key.',
    'path: subjects as RFC 4514 writes them, the leaf first; empty for a refusal, as policies are.',
  ],

  start() {
    return async (line) => {
      const judged = await judge(requestIn(ChainRequest, line));
      return judged.ok
        ? trusted(judged.value)
        : { ok: false, code: judged.failure.code, ...NOTHING };
    };
  },
};

const trusted = ({ path, policies }: ChainVerdict): Answer => ({
  ok: true,
  path: path.map(({ subject }) => rfc4514(subject.der)),
  policies,
});

async function judge(request: ChainRequest): Promise<Outcome<ChainVerdict>> {
  const leaf = onlyCertificate(request.certificate);
  if (!leaf.ok) return leaf;
  const address = addressOf(request);
  if (address && !address.ok) return address;
  const anchors = certificatesIn(request.anchors);
  const intermediates = certificatesIn(request.intermediates ?? []);
  const judged = await judgeChain(leaf.value, {
    anchors: anchors.read,
    intermediates: intermediates.read,
    rules: rulesOf(request),
    usages: request.extendedKeyUsage ?? [],
    now: request.at ? instantOf(request.at) : new Date(),
    evidence: evidenceOf(request),
    ...(address && { address: address.value }),
    ...(request.peerName && { peer: request.peerName }),
  });
  const leadsNowhere = !judged.ok && judged.failure.code === 'trust/no-anchor';
  const someUnreadable = anchors.someUnreadable || intermediates.someUnreadable;
  return leadsNowhere && someUnreadable ? fail('trust/malformed') : judged;
}

/** Which of several was meant cannot be known. */
function onlyCertificate(text: string): Outcome<Certificate> {
  const [der, ...others] = objectsIn(text, 'certificate');
  return der && others.length === 0 ? readCertificate(der) : fail('trust/malformed');
}

const addressOf = ({ purpose, address }: ChainRequest): Outcome<DirectAddress> | undefined =>
  purpose === 'direct' ? parseDirectAddress(address ?? '') : undefined;

interface Certificates {
  readonly read: readonly Certificate[];
  readonly someUnreadable: boolean;
}

function certificatesIn(texts: readonly string[]): Certificates {
  const objects = texts.map((text) => objectsIn(text, 'certificate'));
  const all = objects.flat().map(readCertificate);
  const read = all.flatMap((each) => (each.ok ? [each.value] : []));
  const someUnreadable = read.length < all.length || objects.some(({ length }) => length === 0);
  return { read, someUnreadable };
}

/** What cannot be read answers nothing. */
const evidenceOf = ({ crls, ocsp }: ChainRequest): Evidence => ({
  crls: (crls ?? []).flatMap((text) => objectsIn(text, 'crl')).flatMap(orNone(readCrl)),
  ocsp: (ocsp ?? []).flatMap((text) => objectsIn(text, 'ocsp')).flatMap(orNone(readOcspResponse)),
});

const orNone =
  <T>(read: (bytes: Uint8Array) => Outcome<T>) =>
  (bytes: Uint8Array): readonly T[] => {
    const outcome = read(bytes);
    return outcome.ok ? [outcome.value] : [];
  };

function rulesOf(request: ChainRequest): TrustRules {
  const { initialPolicySet, maxDepth, minimumRsaBits } = request;
  return {
    ...STRICT,
    revocation: revocationOf(request),
    maxDepth: maxDepth ?? STRICT.maxDepth,
    minimumRsaBits: minimumRsaBits ?? STRICT.minimumRsaBits,
    allowSha1: request.allowSha1 ?? false,
    ...(initialPolicySet?.length ? { initialPolicies: new Set(initialPolicySet) } : {}),
    explicitPolicy: request.explicitPolicy ?? false,
    inhibitPolicyMapping: request.inhibitPolicyMapping ?? false,
    inhibitAnyPolicy: request.inhibitAnyPolicy ?? false,
  };
}

/** Who brings lists wants an answer from them. A request that says hard-fail means it of every certificate. */
function revocationOf({ revocation, crls, ocsp, purpose }: ChainRequest): RevocationMode {
  if (revocation) return revocation === 'hard-fail' ? 'required' : revocation;
  if (crls?.length || ocsp?.length) return 'required';
  return purpose === 'direct' ? 'hard-fail' : 'off';
}
