import { createSign, createVerify, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DirectAddress } from '../../shared/ids.ts';
import { done, fail, type Outcome } from '../../shared/outcome.ts';
import type { DecryptionKeys, Identity, SigningKeys } from '../../shared/secure/keys.ts';
import { cachedAuthority, cachedKeys, issueQuickly, type Issued } from '../support/pki.ts';

/** An address with an identity of its own, as whoever runs a deployment fills it in. */
export interface Owned {
  readonly address: string;
  readonly identity: Issued;
}

export interface KeysUnderTest {
  readonly keys: SigningKeys & DecryptionKeys;
  readonly close: () => Promise<void>;
}

const RECORDS = 'records@holder.example' as DirectAddress;
const LAB = 'lab@holder.example' as DirectAddress;

/** What every holder of our keys promises. It holds a current and a former identity of one address, and one of another. */
export function keysContract(
  name: string,
  open: (owned: readonly Owned[]) => Promise<KeysUnderTest>,
): void {
  describe(`${name} holds keys`, () => {
    let current: Issued;
    let former: Issued;
    let lab: Issued;
    let opened: KeysUnderTest;
    beforeAll(async () => {
      current = await identityOf(RECORDS, 'current');
      former = await identityOf(RECORDS, 'former');
      lab = await identityOf(LAB, 'lab');
      opened = await open([
        { address: 'Records@holder.example', identity: current },
        { address: RECORDS, identity: former },
        { address: LAB, identity: lab },
      ]);
    });
    afterAll(() => opened.close());

    const certificateFor = async (sender: string): Promise<Outcome<string>> => {
      const signing = await opened.keys.signing(sender as DirectAddress);
      return signing.ok ? done(hex(signing.value.certificate)) : signing;
    };

    test('an address signs with the identity that is its own', async () => {
      expect(await certificateFor(LAB)).toEqual(done(hex(lab.certificate)));
    });

    test('what it signs verifies under its certificate, and is as long as it says', async () => {
      const signing = await opened.keys.signing(LAB);
      if (!signing.ok) throw new Error(signing.failure.code);
      const { certificate, sign, signatureBytes } = signing.value;
      const data = Buffer.from('attributes');
      const signature = await sign(data);
      const { publicKey } = new X509Certificate(certificate);
      expect(createVerify('sha256').update(data).verify(publicKey, signature)).toBe(true);
      expect(signature).toHaveLength(signatureBytes);
    });

    test('the first identity of an address signs, in whatever case of letters either was written', async () => {
      for (const sender of [RECORDS, 'RECORDS@holder.example']) {
        expect(await certificateFor(sender)).toEqual(done(hex(current.certificate)));
      }
    });

    test('secure/no-identity: an address that has none, in a domain of ours or not', async () => {
      for (const sender of ['desk@holder.example', 'records@elsewhere.example', 'holder.example']) {
        expect(await certificateFor(sender)).toEqual(fail('secure/no-identity'));
      }
    });

    test('whatever is held decrypts, the current ones before the former', async () => {
      const held = await opened.keys.decryption();
      expect(held.map(({ certificate }) => hex(certificate))).toEqual(
        [current, former, lab].map(({ certificate }) => hex(certificate)),
      );
    });

    test('the private key of an identity is that of its certificate', async () => {
      for (const identity of await opened.keys.decryption()) {
        expect(isPair(identity)).toBe(true);
      }
    });
  });
}

const identityOf = async (address: string, keys: string): Promise<Issued> =>
  issueQuickly(await cachedAuthority(), { address, keys: await cachedKeys(keys) });

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function isPair({ certificate, privateKey }: Identity): boolean {
  const signature = createSign('sha256').update('text').sign(privateKey);
  const { publicKey } = new X509Certificate(certificate);
  return createVerify('sha256').update('text').verify(publicKey, signature);
}
