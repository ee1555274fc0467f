import { expect, test } from '@jest/globals';
import { answerStore } from '../../../shared/adapters/dynamo/answers.ts';
import type { AnswerId, DirectAddress, MessageId } from '../../../shared/ids.ts';
import type { Answer } from '../../../shared/notification/letter/answer.ts';
import { done, fail } from '../../../shared/outcome.ts';
import type { FreshTable } from './samples.ts';

const ONE = 'ans_1' as AnswerId;

const answer: Answer = {
  id: ONE,
  kind: 'processed',
  from: 'records@direct.greenstreet.example' as DirectAddress,
  to: 'dr.lee@direct.clinic.example' as DirectAddress,
  originalMessageId: 'letter@direct.clinic.example' as MessageId,
  createdAt: '2026-11-22T12:00:00.000Z',
  expiresAt: '2026-11-23T12:00:00.000Z',
  status: 'waiting',
  attempts: 0,
  version: 1,
};

export function answerStoreContract(fresh: FreshTable): void {
  test('an answer is added once, and kept whole', async () => {
    const store = answerStore(await fresh());
    await store.add(answer);
    await store.change(ONE, (current) => done({ ...current, status: 'sent' }));
    await store.add(answer);
    const read = await store.change(ONE, (current) => done(current));
    expect(read).toEqual(done({ ...answer, status: 'sent', version: 3 }));
  });

  test('notification/unknown-answer: no such id', async () => {
    const store = answerStore(await fresh());
    expect(await store.change(ONE, (current) => done(current))).toEqual(
      fail('notification/unknown-answer'),
    );
  });

  test('what is refused changes nothing', async () => {
    const store = answerStore(await fresh());
    await store.add(answer);
    const refusal = fail('notification/answered');
    expect(await store.change(ONE, () => refusal)).toEqual(refusal);
    const read = await store.change(ONE, (current) => done(current));
    expect(read).toMatchObject({ value: { version: 2 } });
  });

  test('of ten who begin it at once one does', async () => {
    const store = answerStore(await fresh());
    await store.add(answer);
    const begun = await Promise.all(
      Array.from({ length: 10 }, () =>
        store.change(ONE, (current) =>
          current.attempts === 0
            ? done({ ...current, attempts: 1 })
            : fail('notification/answered'),
        ),
      ),
    );
    expect(begun.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('what the stream is filtered by stands at the top of the item', async () => {
    const table = await fresh();
    await answerStore(table).add(answer);
    expect(await table.get({ pk: 'ANS#ans_1', sk: 'ANSWER' })).toMatchObject({
      kind: 'answer',
      id: ONE,
      schema: 1,
    });
  });
}
