import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeWith, type Need } from '../../support/needs.ts';
import type { Issued } from '../../support/pki.ts';
import { people, secured, type People } from './messages.ts';
import { envelopeIn, signedIn, type Signed } from './split-message.ts';

/** An S/MIME implementation of others, in a home of its own. */
export interface Peer {
  /** Gives it the key of a reader and an authority to trust. */
  equip(reader: Issued, anchor: Issued): void;
  /** @returns what was encrypted; throws when it cannot */
  decrypt(envelope: Uint8Array): Buffer;
  /** Whether the signature is good and its signer is trusted. */
  verifies(signed: Signed): boolean;
  remove(): void;
}

/** What every implementation must make of our messages. */
export function readsOurs(name: string, needs: readonly Need[], makePeer: () => Peer): void {
  describeWith(['openssl', ...needs], `a secured message, read by ${name}`, () => {
    let who: People;
    let first: Peer;
    let second: Peer;

    beforeAll(async () => {
      who = await people();
      first = makePeer();
      second = makePeer();
      first.equip(who.readers[0], who.anchor);
      second.equip(who.readers[1], who.anchor);
    });
    afterAll(() => {
      first.remove();
      second.remove();
    });

    test.each([
      ['small', 1_000],
      ['of two megabytes', 1_500_000],
    ])(
      'is decrypted and verified when it is %s, and holds what was signed',
      async (_, zipBytes) => {
        const { message, signedContent } = await secured(who.sender, [who.readers[0]], zipBytes);
        const signed = signedIn(first.decrypt(envelopeIn(message)));

        expect(Buffer.compare(signed.content, signedContent)).toBe(0);
        expect(first.verifies(signed)).toBe(true);
      },
    );

    test('is readable to each of two recipients', async () => {
      const { message, signedContent } = await secured(who.sender, who.readers);

      for (const reader of [first, second]) {
        const signed = signedIn(reader.decrypt(envelopeIn(message)));
        expect(signed.content.toString('latin1')).toBe(signedContent.toString('latin1'));
        expect(reader.verifies(signed)).toBe(true);
      }
    });

    test('does not verify any more once a byte is another', async () => {
      const { message } = await secured(who.sender, [who.readers[0]]);
      const { content, signature } = signedIn(first.decrypt(envelopeIn(message)));
      content[content.length - 10]! ^= 1;

      expect(first.verifies({ content, signature })).toBe(false);
    });
  });
}
