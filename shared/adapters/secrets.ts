import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Now } from '../clock.ts';
import { fail } from '../outcome.ts';
import type { DecryptionKeys, SigningKeys } from '../secure/keys.ts';
import { parseDecryptionSecret, parseSigningSecret } from './identity-secret.ts';
import type { NamedIdentity } from './named-identity.ts';
import { REQUEST_HANDLER } from './request-handler.ts';

const FRESH_MS = 5 * 60 * 1000;

interface Read {
  readonly text: Promise<string>;
  readonly at: number;
}

const reads = new Map<string, Read>();

/**
 * The text of a secret, read again when it is older than five minutes: a rotated secret takes effect without a restart.
 * A failed read is not kept.
 *
 * @param arn or name
 * @throws when Secrets Manager does not give it
 */
export async function secretText(arn: string, now: Now = () => new Date()): Promise<string> {
  const at = now().getTime();
  const known = reads.get(arn);
  if (known && at - known.at < FRESH_MS) return known.text;

  const read = { text: fetchText(arn), at };
  reads.set(arn, read);
  try {
    return await read.text;
  } catch (error) {
    if (reads.get(arn) === read) reads.delete(arn);
    throw error;
  }
}

async function fetchText(arn: string): Promise<string> {
  const client = new SecretsManagerClient({ requestHandler: REQUEST_HANDLER });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
  if (!SecretString) throw new Error('The secret holds no text');
  return SecretString;
}

/** The signing secret: an address may have several identities, and the first signs. */
export function secretSigningKeys(arn: string, now: Now = () => new Date()): SigningKeys {
  const identities = parsedSecret(arn, parseSigningSecret, now);
  return {
    async signing(sender) {
      const wanted = sender.toLowerCase();
      const found = (await identities()).find(({ address }) => address === wanted);
      return found ? found.signing() : fail('secure/no-identity');
    },
  };
}

/** The decryption secret: all of it decrypts, what was replaced only for its time. */
export function secretDecryptionKeys(arn: string, now: Now = () => new Date()): DecryptionKeys {
  const identities = parsedSecret(arn, parseDecryptionSecret, now);
  return {
    async decryption() {
      return (await identities())
        .filter(({ decryptUntil }) => decryptUntil === undefined || now() < decryptUntil)
        .flatMap(({ decrypting }) => decrypting ?? []);
    },
  };
}

/** Parsed once for as long as the text is the same. */
function parsedSecret(
  arn: string,
  parse: (text: string) => Promise<readonly NamedIdentity[]>,
  now: Now,
): () => Promise<readonly NamedIdentity[]> {
  let parsed:
    { readonly text: string; readonly identities: Promise<readonly NamedIdentity[]> } | undefined;
  return async () => {
    const text = await secretText(arn, now);
    if (parsed?.text !== text) parsed = { text, identities: parse(text) };
    return parsed.identities;
  };
}
