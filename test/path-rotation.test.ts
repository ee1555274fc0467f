import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { keptUntil } from '../infra/cli/own/kept-until.ts';
import { renewDecryption, renewSigning } from '../infra/cli/own/renewal.ts';
import {
  startSecretsEndpoint,
  type SecretsEndpoint,
} from '../infra/local/engines/secrets-endpoint.ts';
import { secretDecryptionKeys, secretSigningKeys } from '../shared/adapters/secrets.ts';
import type { DirectAddress } from '../shared/ids.ts';
import { withAwsEnv } from './adapters/aws-env.ts';
import { ANA, SENDER } from './lambdas/http-world.ts';
import { memoryPartner } from './support/memory/partner.ts';
import { discharge, readyToShare, report } from './support/one-record.ts';
import { cachedKeys, type Issued, issueQuickly } from './support/pki.ts';
import type { WholePath } from './support/whole-path.ts';

/**
 * One rotation of the pair that signs and decrypts, from end to end: the secrets are read as functions read them, the new ones
 * are written as `identity install` writes it, and the partner is one that has not heard of it yet.
 */

let path: WholePath;
let secrets: Record<string, string>;
let endpoint: SecretsEndpoint;
let restoreEnv: () => void;
let former: Issued;
let fresh: Issued;
let rotations = 0;

/** Texts are kept for five minutes by their names. */
const signingName = (): string => `signing-${rotations}`;
const decryptionName = (): string => `decryption-${rotations}`;

const rowOf = ({ certificatePem, privateKeyPem }: Issued) => ({
  address: SENDER,
  certificate: certificatePem,
  privateKey: privateKeyPem,
});

beforeEach(async () => {
  path = await readyToShare();
  former = path.holder;
  fresh = await issueQuickly(path.anchor, { address: SENDER, keys: await cachedKeys('fresh') });
  rotations += 1;
  const text = JSON.stringify({ identities: [rowOf(former)] });
  secrets = { [signingName()]: text, [decryptionName()]: text };
  endpoint = await startSecretsEndpoint({ secrets });
  restoreEnv = withAwsEnv({ AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint.endpoint });
  Object.assign(path.ports.keys, {
    ...secretSigningKeys(signingName(), path.ports.now),
    ...secretDecryptionKeys(decryptionName(), path.ports.now),
  });
});
afterEach(async () => {
  restoreEnv();
  await endpoint.close();
});

async function install(): Promise<Date> {
  const until = keptUntil(path.ports.now(), path.settings.deadlines);
  const given = { now: path.ports.now(), until };
  const sender = SENDER as DirectAddress;
  const [signing = '', decryption = ''] = [signingName(), decryptionName()].map((name) => secrets[name]); // prettier-ignore
  secrets[decryptionName()] = (await renewDecryption(decryption, sender, [fresh], given)).text;
  secrets[signingName()] = (await renewSigning(signing, sender, [fresh])).text;
  return until;
}

/** Answers of a partner that encrypts to one of our certificates. */
async function answer(index: number, to: Issued): Promise<void> {
  const envelope = path.relay.taken[index];
  if (!envelope) throw new Error('There is no such copy');
  const says = [{ says: 'processed' }, { says: 'dispatched' }] as const;
  const partner = memoryPartner(path.recipient, to.certificate);
  const mails = await partner.answers(envelope, says, path.ports.now(), path.recipient);
  for (const mail of mails) await path.deliverMail(mail);
}

const signerOf = (index: number): Uint8Array => path.partner.open(path.relay.taken[index]!).signer;

async function statuses(): Promise<readonly string[]> {
  const { body } = await path.ask('GET /v1/patients/ana/transmissions', { as: ANA });
  return body.transmissions.map(({ status }: { status: string }) => status).toReversed();
}

async function another(iso: string): Promise<void> {
  path.at(iso);
  await report(path, iso);
  await path.settle();
  await path.sweepAt(iso.replace(':00Z', ':30Z'));
}

test('no copy and no notice is lost by it: what is under way is answered, what is new is signed anew', async () => {
  await discharge(path);
  expect(signerOf(0)).toEqual(former.certificate);

  path.at('2026-11-22T12:10:00Z');
  const until = await install();
  path.at('2026-11-22T12:16:00Z');

  // It was sent before, and is answered after, by whoever knows the certificate of before.
  await answer(0, former);
  expect(await statuses()).toEqual(['delivered']);

  await another('2026-11-22T12:20:00Z');
  expect(signerOf(1)).toEqual(fresh.certificate);
  // A directory may still have the former one: both are read.
  await answer(1, former);
  await another('2026-11-22T12:30:00Z');
  await answer(2, fresh);
  expect(await statuses()).toEqual(['delivered', 'delivered', 'delivered']);

  await another('2026-11-22T12:40:00Z');
  path.at(new Date(until.getTime() - 60_000).toISOString());
  expect(await path.ports.keys.decryption()).toHaveLength(2);
  path.at(until.toISOString());
  expect(await path.ports.keys.decryption()).toHaveLength(1);
  await answer(3, former);
  expect((await statuses()).at(-1)).not.toBe('delivered');
});

test('whoever has read the secret goes on with the former pair for five minutes, and fails at nothing', async () => {
  await discharge(path);
  path.at('2026-11-22T12:04:00Z');
  await install();
  path.at('2026-11-22T12:04:30Z');
  await another('2026-11-22T12:04:40Z');
  expect(signerOf(0)).toEqual(former.certificate);
  await answer(0, former);
  expect((await statuses())[0]).toBe('delivered');
});
