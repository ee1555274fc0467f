import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { sealable } from '../../shared/secure/secure.ts';
import { localIdentity } from '../../shared/secure/local-identity.ts';
import { cases } from '../support/counts.ts';
import { cachedKeys, issue, cachedAuthority, type Issued } from '../support/pki.ts';
import { draft, person } from './support/people.ts';

const KINDS = [{}, { bits: 3072 }, { ec: 'P-256' }, { ec: 'P-384' }, { ec: 'P-521' }] as const;

const signers: readonly Issued[] = await Promise.all(
  KINDS.map(async (kind, index) =>
    issue(await cachedAuthority(), {
      address: `signer${index}@holder.example`,
      keys: await cachedKeys(`signer ${index}`, kind),
    }),
  ),
);
const recipients = await Promise.all(['green', 'blue'].map((name) => person(name)));

const MESSAGE = fc.record({
  zipBytes: fc.nat(5000),
  text: fc.string({ unit: 'grapheme', maxLength: 200 }),
  requestText: fc.option(fc.string({ maxLength: 200 }), { nil: undefined }),
  signer: fc.constantFrom(...signers),
  readers: fc.constantFrom(recipients, recipients.slice(0, 1)),
  keyTransport: fc.constantFrom('rsaes-pkcs1-v1_5' as const, 'rsaes-oaep-sha256' as const),
  date: fc.constantFrom(new Date('2049-12-31T23:59:59Z'), new Date('2050-01-01T00:00:00Z')),
});

test('a message is as long as it was said to be before it was signed and encrypted, whoever signs', async () => {
  await fc.assert(
    fc.asyncProperty(
      MESSAGE,
      async ({ zipBytes, text, requestText, signer, readers, ...given }) => {
        const said = { text, ...(requestText === undefined ? {} : { requestText }) };
        const ready = sealable(
          { ...draft, ...said, date: given.date, zip: new Uint8Array(zipBytes) },
          signer,
          readers.map(({ certificate }) => certificate),
          { keyTransport: given.keyTransport },
        );
        const { bytes } = await ready.seal();

        expect(bytes.length).toBe(ready.sizeBytes);
      },
    ),
    { numRuns: cases(60, 2000) },
  );
});

test.each(signers.map((signer, index) => [KINDS[index], signer] as const))(
  'no signature is longer than is announced: %j',
  async (_, signer) => {
    const { signatureBytes, algorithm, sign } = localIdentity(signer);
    const lengths = await Promise.all(
      Array.from(
        { length: cases(50, 1000) },
        async (__, index) => (await sign(Buffer.of(index))).length,
      ),
    );

    expect(Math.max(...lengths)).toBeLessThanOrEqual(signatureBytes);
    expect(algorithm === 'ecdsa' || Math.min(...lengths) === signatureBytes).toBe(true);
  },
);
