import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { openMessage } from '../../../shared/secure/open.ts';
import { addressName, PKIX } from '../../../shared/discover/dns-cert.ts';
import { cases } from '../../support/counts.ts';
import { memoryKeys } from '../../support/memory/keys.ts';
import { makeHandler as receiveNotification } from '../../../lambdas/receive-notification/handler.ts';
import { RECIPIENT, wholePath, type WholePath } from '../../support/whole-path.ts';
import { SENDER } from '../../lambdas/http-world.ts';
import { letter, sealed } from './letters.ts';

const ANSWERS = ['none', 'processed', 'processed-and-failed'] as const;
const PER_LETTER = { none: 0, processed: 1, 'processed-and-failed': 2 } as const;

/** A whole system, which mail can come to and leave. */
interface Place {
  readonly path: WholePath;
  readonly answer: (typeof ANSWERS)[number];
}

/** The second system of the same make is the recipient of the first: it holds the recipient's keys. */
async function place(answer: Place['answer'], sender: string): Promise<Place> {
  const row = { address: sender, name: 'N', organizationOid: '2.1', contact: 'C' };
  return { path: await wholePath({ letters: { answer }, senders: [row] }), answer };
}

/** What somebody wrote, and everything that the two systems then write to each other. */
async function exchange(first: Place, second: Place, letters: number): Promise<number> {
  const { path: one } = first;
  const { path: other } = second;
  // One pair of keys for each address, known to both.
  const identities = { [SENDER]: one.holder, [RECIPIENT]: one.recipient };
  for (const { path } of [first, second]) {
    for (const [address, { certificate }] of Object.entries(identities)) {
      path.directory.set(addressName(address as never), [{ type: PKIX, data: certificate }]);
    }
    Object.assign(
      path.ports.keys,
      memoryKeys(Object.entries(identities).map(([address, identity]) => ({ address, identity }))),
    );
    path.workers.mail = receiveNotification(path.ports);
  }
  for (let n = 0; n < letters; n += 1) {
    const written = letter({ messageId: `<${n}@direct.clinic.example>` });
    await one.deliverMail(await sealed(written, one, one.recipient));
  }
  let mails = 0;
  for (
    const taken = [0, 0];
    taken[0]! < one.relay.taken.length || taken[1]! < other.relay.taken.length;
  ) {
    for (const [at, [from, to]] of [
      [one, other],
      [other, one],
    ].entries()) {
      for (const { bytes } of from!.relay.taken.slice(taken[at])) {
        taken[at] = taken[at]! + 1;
        mails += 1;
        expect(openMessage(bytes, Object.values(identities)).ok).toBe(true);
        await to!.deliverMail(bytes);
      }
    }
    if (mails > 100) throw new Error('They write to each other for ever');
  }
  return mails;
}

test('two systems of ours to which letters are written exchange no more than one answer of each kind', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ANSWERS),
      fc.constantFrom(...ANSWERS),
      fc.integer({ min: 1, max: 4 }),
      async (one, other, letters) => {
        const first = await place(one, SENDER);
        const second = await place(other, RECIPIENT);
        expect(await exchange(first, second, letters)).toBe(PER_LETTER[one] * letters);
      },
    ),
    { numRuns: cases(8, 60) },
  );
});
