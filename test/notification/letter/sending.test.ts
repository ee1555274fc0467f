import { describe, expect, test } from '@jest/globals';
import { KEYS } from '../../../shared/adapters/dynamo/keys.ts';
import { answerIdOf, sha256, type AnswerId } from '../../../shared/ids.ts';
import { sendAnswer } from '../../../shared/notification/letter/send-answer.ts';
import { headerOf } from '../../../shared/secure/mime.ts';
import { openMessage } from '../../../shared/secure/open.ts';
import { letter, letterWorld } from './letters.ts';

const ID = answerIdOf(sha256(letter()), 'processed');

/** A letter came, and its answer waits. */
async function waiting() {
  const world = await letterWorld();
  const { path } = world;
  path.ports.bells.answer.cutOff();
  await world.arrives(letter());
  const ports = { ...path.ports, routeTo: () => path.ports };
  const item = async () =>
    (await path.table.get(KEYS.answer(ID)))?.['body'] as { status: string; attempts: number };
  const ids = () =>
    path.relay.taken.map(({ bytes }) => {
      const opened = openMessage(bytes, [path.recipient]);
      return opened.ok ? headerOf(opened.value.innerEntity, 'message-id') : opened.failure.code;
    });
  return { ...world, ports, item, ids, send: (id: AnswerId = ID) => sendAnswer(id, ports) };
}

const codeOf = async (sending: ReturnType<typeof sendAnswer>) => {
  const sent = await sending;
  return sent.ok ? [sent.value.status, sent.value.code] : [sent.failure.code];
};

describe('an answer that was written down', () => {
  test('is sent once, whoever rings how often', async () => {
    const { path, send, item } = await waiting();
    const rung = await Promise.all([1, 2, 3].map(() => codeOf(send())));
    expect(rung.toSorted((one, other) => `${one[0]}`.localeCompare(`${other[0]}`))).toEqual([
      ['notification/answered'],
      ['notification/answered'],
      ['sent', undefined],
    ]);
    expect(path.relay.taken).toHaveLength(1);
    expect(await item()).toMatchObject({ status: 'sent', attempts: 1 });
  });

  test('notification/unknown-answer: nobody wrote it down', async () => {
    const { send } = await waiting();
    expect(await codeOf(send(answerIdOf(sha256('other'), 'processed')))).toEqual([
      'notification/unknown-answer',
    ]);
  });

  test.each(['is-unreachable', 'takes-without-answer'] as const)(
    'waits when the relay %s, three times at most, each with the same Message-ID',
    async (behaviour) => {
      const { path, send, item, ids } = await waiting();
      path.relay.behave(behaviour);
      const statuses = [];
      for (let n = 0; n < 5; n += 1) statuses.push((await codeOf(send()))[0]);
      expect(statuses).toEqual([
        'waiting',
        'waiting',
        'given-up',
        'notification/answered',
        'notification/answered',
      ]);
      expect(await item()).toMatchObject({ status: 'given-up', attempts: 3 });
      expect(new Set(ids()).size).toBeLessThanOrEqual(1);
    },
  );

  test('is given up at once when that cannot change', async () => {
    const { path, send } = await waiting();
    path.relay.behave('refuses');
    expect(await codeOf(send())).toEqual(['given-up', 'deliver/refused']);
  });

  test('is not sent to somebody who has no certificate now', async () => {
    const { path, send } = await waiting();
    path.directory.set('dr.lee.direct.clinic.example', []);
    expect(await codeOf(send())).toEqual(['given-up', 'discover/no-certificate']);
    expect(path.relay.taken).toEqual([]);
  });

  test('of a worker that died with it is sent when its lease is over, with the same Message-ID', async () => {
    const { path, send, ids } = await waiting();
    path.relay.behave('dies-after-taking');
    await expect(send()).rejects.toThrow('The worker died');
    path.relay.behave('takes');
    expect(await codeOf(send())).toEqual(['notification/answered']);
    path.at('2026-11-22T12:05:00.000Z');
    expect(await codeOf(send())).toEqual(['sent', undefined]);
    expect(ids()).toHaveLength(2);
    expect(new Set(ids()).size).toBe(1);
  });

  test('is not sent a day later: who waited for it has given up', async () => {
    const { path, send } = await waiting();
    path.at('2026-11-23T12:00:00.001Z');
    expect(await codeOf(send())).toEqual(['notification/answered']);
    expect(path.relay.taken).toEqual([]);
  });
});

test('a ring for an answer that waits goes back to its queue', async () => {
  const { path, arrives } = await letterWorld();
  path.relay.behave('is-unreachable');
  await arrives(letter());
  expect(path.queues.send).toEqual([ID]);
  path.relay.behave('takes');
  await path.settle();
  expect(path.relay.taken).toHaveLength(1);
  expect(path.queues.send).toEqual([]);
});
