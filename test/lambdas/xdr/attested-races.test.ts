import { expect, test } from '@jest/globals';
import { describeWith } from '../../support/needs.ts';
import type { WholePath } from '../../support/whole-path.ts';
import type { Differing } from '../http-world.ts';
import { copies, post, refusal, requests, revokeAll, TAKEN, xdrWorld } from './xdr-world.ts';

const ATTESTED: Differing = { xdrBasis: 'holder-attested', xdr: [{ subject: 'system-1' }] };

/** What was asserted once, and is served: it says nothing of the next one until the patient stops it. */
async function servedWorld(): Promise<WholePath> {
  const path = await xdrWorld(ATTESTED);
  expect(await post(path)).toMatchObject(TAKEN);
  await path.settle();
  return path;
}

/** The patient does it when it is decided that the submission may go, and it is not on record yet. */
function meanwhile(path: WholePath, act: () => Promise<unknown>): void {
  const before = { ...path.ports.submissions };
  let isDone = false;
  Object.assign(path.ports.submissions, {
    take: async (...given: Parameters<typeof before.take>) => {
      if (!isDone) await act();
      isDone = true;
      return before.take(...given);
    },
  });
}

describeWith(['shared'], 'a patient who acts while a client asserts', () => {
  test('transmit-request/revoked: nothing is opened after the revocation was answered', async () => {
    const path = await servedWorld();
    meanwhile(path, () => revokeAll(path));
    expect(await post(path, { messageId: 'urn:uuid:2' })).toMatchObject(
      refusal('transmit-request/revoked'),
    );
    expect(await copies(path)).toHaveLength(1);
    expect(await requests(path)).toHaveLength(1);
  });

  test('one who does nothing hinders nothing', async () => {
    const path = await servedWorld();
    meanwhile(path, async () => undefined);
    expect(await post(path, { messageId: 'urn:uuid:2' })).toMatchObject(TAKEN);
    expect(await copies(path)).toHaveLength(2);
  });
});
