import { parseDirectAddress } from '../../../shared/ids.ts';
import { fail, type Outcome } from '../../../shared/outcome.ts';
import { decryptEnvelope } from '../../../shared/secure/cms/envelope/enveloped-data.ts';
import { verifiedContent } from '../../../shared/secure/cms/signature/verified-content.ts';
import {
  decodeBody,
  readMime,
  readMimeHeader,
  type MimeEntity,
} from '../../../shared/secure/mime.ts';
import { readCertificate } from '../../../shared/trust/certificate.ts';
import { readSignedData } from '../../../shared/trust/cms/read-signed-data.ts';
import { trust } from '../../../shared/trust/trust.ts';
import type { JudgePorts } from './judge.ts';
import { routingOf, type SmtpEnvelope } from './routing.ts';
import { refusalsBy, type Refusal, type Rule } from './rules/rule.ts';
import { STAGES } from './rules/stages.ts';
import { seenEnvelope } from './seen-envelope.ts';

/** What a layer holds, or why the message goes no further. */
type Layer<Seen> = { readonly seen: Seen } | { readonly refusals: readonly Refusal[] };

/**
 * What the Java reference implementation with its tamper checks on would not answer, and where it is laxer than the .NET
 * one what that would not. As in them the first layer that breaks a rule is the last that is looked at.
 */
export async function strictRefusals(
  raw: Uint8Array,
  envelope: SmtpEnvelope,
  ports: JudgePorts,
): Promise<readonly Refusal[]> {
  const decrypted = decryptedLayer(raw, ports);
  if ('refusals' in decrypted) return decrypted.refusals;
  const signed = signedLayer(decrypted.seen);
  if ('refusals' in signed) return signed.refusals;
  const inner = innerLayer(signed.seen.content);
  if ('refusals' in inner) return inner.refusals;
  const routing = routingOf(inner.seen, envelope);
  const tampering = refusalsBy(STAGES.routing, routing);
  if (tampering.length > 0) return tampering;
  const sender = envelope.mailFrom || (routing.from[0] ?? '');
  return signerRefusals(sender, signed.seen.signer, ports);
}

/** A layer that keeps to its rules, and then can be read. */
function layer<Looked, Seen>(
  rules: readonly Rule<Looked>[],
  looked: Looked,
  read: () => Outcome<Seen>,
): Layer<Seen> {
  const refusals = refusalsBy(rules, looked);
  if (refusals.length > 0) return { refusals };
  const seen = read();
  if (seen.ok) return { seen: seen.value };
  const { code } = seen.failure;
  return { refusals: [{ id: code, reason: code }] };
}

function decryptedLayer(raw: Uint8Array, { identity }: JudgePorts): Layer<MimeEntity> {
  const outer = layer([], raw, () => readMimeHeader(raw));
  if ('refusals' in outer) return outer;
  const cms = layer(STAGES.outside, outer.seen, () => decodeBody(outer.seen));
  if ('refusals' in cms) return cms;
  const seen = seenEnvelope(cms.seen, identity.certificate);
  return layer(STAGES.encryption, seen, () => {
    const decrypted = decryptEnvelope(cms.seen, [identity]);
    return decrypted.ok ? readMime(decrypted.value.content) : decrypted;
  });
}

interface Signed {
  readonly content: Uint8Array;
  /** DER. */
  readonly signer: Uint8Array;
}

function signedLayer(entity: MimeEntity): Layer<Signed> {
  const [content, signature] = entity.parts;
  const cms = layer(STAGES.form, entity, () =>
    content && signature ? decodeBody(signature) : fail('secure/malformed'),
  );
  if ('refusals' in cms || !content) return cms as Layer<never>;
  const signedData = readSignedData(cms.seen, { mostCertificates: 32 });
  if (typeof signedData === 'string') return layer([], entity, () => fail('secure/malformed'));
  const verified = verifiedContent(cms.seen, content.bytes, true);
  const refusals = [
    refusalsBy(STAGES.signer, signedData),
    refusalsBy(STAGES.lines, content.bytes),
    refusalsBy(STAGES.signature, verified),
  ].find(({ length }) => length > 0);
  if (refusals || !verified.ok) return { refusals: refusals ?? [] };
  return { seen: { content: content.bytes, signer: verified.value.signers[0].certificate } };
}

function innerLayer(content: Uint8Array): Layer<MimeEntity> {
  const wrapper = layer([], content, () => readMime(content));
  if ('refusals' in wrapper) return wrapper;
  const inner = layer(STAGES.wrapper, wrapper.seen, () => decodeBody(wrapper.seen));
  return 'refusals' in inner
    ? inner
    : layer(STAGES.content, inner.seen, () => readMime(inner.seen));
}

async function signerRefusals(
  sender: string,
  signer: Uint8Array,
  { anchors, now }: JudgePorts,
): Promise<readonly Refusal[]> {
  const address = parseDirectAddress(sender);
  const certificate = readCertificate(signer);
  const read = layer([], sender, () => (address.ok ? certificate : address));
  if ('refusals' in read || !address.ok) return 'refusals' in read ? read.refusals : [];
  const identity = refusalsBy(STAGES.identity, { sender, certificate: read.seen });
  if (identity.length > 0) return identity;
  const { outcome } = await trust(address.value, [signer], 'signature', { anchors, now: now() });
  return refusalsBy(STAGES.trust, outcome);
}
