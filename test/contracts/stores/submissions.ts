import { expect, test } from '@jest/globals';
import { consentStore } from '../../../shared/adapters/dynamo/consents.ts';
import { ledger } from '../../../shared/adapters/dynamo/ledger.ts';
import { submissionStore } from '../../../shared/adapters/dynamo/submissions.ts';
import { transmitRequestStore } from '../../../shared/adapters/dynamo/transmit-requests.ts';
import {
  sha256,
  submissionIdOf,
  type DirectAddress,
  type RequestId,
  type TransmissionId,
} from '../../../shared/ids.ts';
import { done } from '../../../shared/outcome.ts';
import type {
  TakenOpening,
  TakenSubmission,
} from '../../../shared/transmission/submission-store.ts';
import { atSecond } from '../../support/histories.ts';
import { ADA_KEY, consent, KIM, request, transmission, type FreshTable } from './samples.ts';

const TAKEN: TakenSubmission = {
  id: submissionIdOf('client-1', 'urn:uuid:1'),
  patientKey: ADA_KEY,
  contentSha256: sha256('what was posted'),
  at: atSecond(0).toISOString(),
};

const opening = (more: Partial<TakenOpening> = {}): TakenOpening => ({
  request: request('req_1'),
  copies: [transmission('tx_1')],
  facts: [{ kind: 'requested', trigger: 'xdr' }],
  dueAt: atSecond(60),
  ...more,
});

const NEW: TakenOpening = opening({
  isNew: true,
  request: request('req_new', 0, { servedAt: atSecond(0).toISOString() }),
  copies: [transmission('tx_new', 0, { requestId: 'req_new' as RequestId, address: KIM })],
});

/** Before anything but `req_1` was made. */
const AS_READ = { consents: 0, requests: 1 };

const revoke = () => done(request('req_1', 0, { status: 'revoked' }));

/** As many as one submission may have recipients, each of a request of its own. */
const TEN = Array.from({ length: 10 }, (_, n) =>
  opening({
    request: request(`req_${n}`),
    copies: [
      transmission(`tx_${n}`, 0, {
        requestId: `req_${n}` as RequestId,
        address: `dr${n}@direct.clinic.example` as DirectAddress,
      }),
    ],
  }),
);

export function submissionStoreContract(fresh: FreshTable): void {
  const world = async () => {
    const table = await fresh();
    const [requests, kept] = [transmitRequestStore(table), ledger(table)];
    await requests.create(request('req_1'), 0);
    const isOpen = async (id: string) => (await kept.read(id as TransmissionId)).ok;
    return { table, requests, kept, isOpen, submissions: submissionStore(table) };
  };

  test('a submission that is taken is found, and its copies are open', async () => {
    const { submissions, kept, isOpen } = await world();
    expect(await submissions.find(TAKEN.id)).toBeUndefined();
    expect(await submissions.take(TAKEN, [opening()], AS_READ)).toBe('taken');
    expect(await submissions.find(TAKEN.id)).toEqual(TAKEN);
    expect(await isOpen('tx_1')).toBe(true);
    expect(await kept.list(ADA_KEY)).toMatchObject([{ id: 'tx_1', status: 'waiting' }]);
  });

  test('ten copies of ten requests are opened together', async () => {
    const { submissions, requests, kept } = await world();
    for (const each of TEN) await requests.create(each.request, 0);
    expect(await submissions.take(TAKEN, TEN, AS_READ)).toBe('taken');
    expect(await kept.list(ADA_KEY)).toHaveLength(10);
  });

  test('is taken once, of many that come at once', async () => {
    const { submissions, kept } = await world();
    const answers = await Promise.all(
      Array.from({ length: 4 }, (_, n) =>
        submissions.take(TAKEN, [opening({ copies: [transmission(`tx_${n}`)] })], AS_READ),
      ),
    );
    expect(answers.filter((each) => each === 'taken')).toHaveLength(1);
    expect(await kept.list(ADA_KEY)).toHaveLength(1);
  });

  test('when one of its requests was changed meanwhile, nothing is opened at all', async () => {
    const { submissions, requests, isOpen } = await world();
    await requests.change(ADA_KEY, 'req_1' as RequestId, atSecond(1), revoke);
    expect(await submissions.take(TAKEN, [NEW, opening()], AS_READ)).toBe('changed-meanwhile');
    expect(await submissions.find(TAKEN.id)).toBeUndefined();
    expect([await isOpen('tx_1'), await isOpen('tx_new')]).toEqual([false, false]);
    expect(await requests.list(ADA_KEY)).toHaveLength(1);
  });

  test('a request for one copy is served by it', async () => {
    const { submissions, requests } = await world();
    const served = request('req_1', 0, { servedAt: atSecond(1).toISOString() });
    expect(await submissions.take(TAKEN, [opening({ served })], AS_READ)).toBe('taken');
    expect(await requests.get(ADA_KEY, 'req_1' as RequestId)).toMatchObject({
      value: { servedAt: atSecond(1).toISOString(), version: 2 },
    });
  });

  test('a new request is made with it, and counts among the others', async () => {
    const { submissions, requests, isOpen } = await world();
    expect(await submissions.take(TAKEN, [opening(), NEW], AS_READ)).toBe('taken');
    expect(await isOpen('tx_new')).toBe(true);
    expect((await requests.list(ADA_KEY)).map(({ id }) => id).sort()).toEqual(['req_1', 'req_new']);
    // Whoever counted before finds that there is one more.
    const seen: number[] = [];
    await requests.create(request('req_2'), 0, (all) => seen.push(all.length) > 0);
    expect(seen.at(-1)).toBe(2);
  });

  test('no new request is made when the patient has answered meanwhile', async () => {
    const { table, submissions, requests } = await world();
    await consentStore(table).add(consent('con_1', 1, { decision: 'rejected' }));
    expect(await submissions.take(TAKEN, [NEW], AS_READ)).toBe('changed-meanwhile');
    expect(await requests.list(ADA_KEY)).toHaveLength(1);
    expect(await submissions.take(TAKEN, [NEW], { ...AS_READ, consents: 1 })).toBe('taken');
  });

  test('no new request is made when something was made or revoked meanwhile', async () => {
    const { submissions, requests } = await world();
    await requests.create(request('req_2'), 0);
    expect(await submissions.take(TAKEN, [NEW], AS_READ)).toBe('changed-meanwhile');
    await requests.change(ADA_KEY, 'req_1' as RequestId, atSecond(1), revoke);
    expect(await submissions.take(TAKEN, [NEW], { ...AS_READ, requests: 2 })).toBe(
      'changed-meanwhile',
    );
    const { version } = await requests.standing(ADA_KEY);
    expect(await submissions.take(TAKEN, [NEW], { ...AS_READ, requests: version })).toBe('taken');
  });
}
