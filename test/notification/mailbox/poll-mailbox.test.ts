import { describe, expect, test } from '@jest/globals';
import { watermarkStore } from '../../../shared/adapters/dynamo/watermarks.ts';
import { sha256 } from '../../../shared/ids.ts';
import { pollMailbox, type PollPorts } from '../../../shared/notification/mailbox/poll-mailbox.ts';
import { done, fail } from '../../../shared/outcome.ts';
import { mailboxContract } from '../../contracts/mailbox.ts';
import { memoryBytes } from '../../support/memory/bytes.ts';
import { memoryMailDrop } from '../../support/memory/mail-drop.ts';
import { memoryMailbox } from '../../support/memory/mailbox.ts';
import { memoryTable } from '../../support/memory/table.ts';

mailboxContract('a folder in memory', async () => {
  const mailbox = memoryMailbox();
  return {
    mailbox,
    add: async (...mails) => mails.forEach((raw) => mailbox.add(raw)),
    remove: async (nth) => mailbox.remove(nth),
    close: async () => undefined,
  };
});

const mailOf = (text: string): Uint8Array => Buffer.from(`Subject: ${text}\r\n\r\n${text}\r\n`);
const HISP = `hisp/${sha256(JSON.stringify(['mailbox', 'imaps://mail.hisp.example', 'INBOX']))}`;
const keyOf = (raw: Uint8Array, folder = HISP): string => `${folder}/${sha256(raw)}`;

function world(of: 'hisp' | 'relay' = 'hisp') {
  const mailbox = memoryMailbox();
  const mail = memoryBytes();
  const put: string[] = [];
  const into = memoryMailDrop(mail);
  const drop = {
    async putOnce(key: string, bytes: Uint8Array) {
      const answer = await into.putOnce(key, bytes);
      if (answer === 'put') put.push(key);
      return answer;
    },
  };
  let time = new Date('2026-11-22T12:00:00Z');
  const ports: PollPorts = {
    mailbox,
    drop,
    watermarks: watermarkStore(memoryTable({ seed: 3 })),
    settings: { url: 'imaps://mail.hisp.example', folder: 'INBOX', of },
    now: () => time,
  };
  return {
    mailbox,
    ports,
    put,
    poll: (differing: Partial<PollPorts> = {}) => pollMailbox({ ...ports, ...differing }),
    passes: (seconds: number) => void (time = new Date(time.getTime() + 1000 * seconds)),
  };
}

describe('what is new in a mailbox', () => {
  test.each([
    ['hisp', HISP],
    ['relay', 'posted'],
  ] as const)('of a %s lies where mail is read, under %s/', async (of, folder) => {
    const { mailbox, put, poll } = world(of);
    mailbox.add(mailOf('a'));
    expect(await poll()).toEqual(done({ taken: 1, skipped: 0 }));
    expect(put).toEqual([keyOf(mailOf('a'), folder)]);
  });

  test('is taken once, in its order, and later what came later', async () => {
    const { mailbox, put, poll } = world();
    const mails = ['a', 'b', 'c'].map(mailOf);
    for (const raw of mails.slice(0, 2)) mailbox.add(raw);
    await poll();
    expect(await poll()).toEqual(done({ taken: 0, skipped: 0 }));
    mailbox.add(mails[2]!);
    expect(await poll()).toEqual(done({ taken: 1, skipped: 0 }));
    expect(put).toEqual(mails.map((raw) => keyOf(raw)));
    expect(mailbox.fetched).toEqual([1, 2, 3]);
  });

  test('is not put again where the server was set up anew, and what is new there is not missed', async () => {
    const { mailbox, put, poll } = world();
    for (const text of ['a', 'b', 'c']) mailbox.add(mailOf(text));
    await poll();
    mailbox.remove(2);
    mailbox.renumber();
    mailbox.add(mailOf('d'));
    expect(await poll()).toEqual(done({ taken: 1, skipped: 0 }));
    expect(put).toEqual(['a', 'b', 'c', 'd'].map((text) => keyOf(mailOf(text))));
    expect(await poll()).toEqual(done({ taken: 0, skipped: 0 }));
  });

  test('two runs at once take it once', async () => {
    const { mailbox, put, poll } = world();
    const texts = Array.from({ length: 30 }, (_, n) => `mail ${n}`);
    for (const text of texts) mailbox.add(mailOf(text));
    await Promise.all([poll(), poll(), poll()]);
    await poll();
    expect(put.toSorted()).toEqual(texts.map((text) => keyOf(mailOf(text))).toSorted());
  });

  test('is left to another run that is faster', async () => {
    const { mailbox, poll, ports } = world();
    for (const text of ['a', 'b', 'c']) mailbox.add(mailOf(text));
    let faster: ReturnType<typeof poll> | undefined;
    const slow = {
      putOnce: async (key: string, bytes: Uint8Array) => {
        await (faster ??= poll());
        return ports.drop.putOnce(key, bytes);
      },
    };
    expect(await poll({ drop: slow })).toEqual(done({ taken: 0, skipped: 0 }));
    expect(await faster).toEqual(done({ taken: 3, skipped: 0 }));
    expect(mailbox.fetched).toEqual([1, 1, 2, 3]);
  });

  test('is passed over when it is longer than is taken, is none, or is gone', async () => {
    const { mailbox, put, poll } = world();
    const huge = Buffer.alloc(40 * 1024 * 1024 + 1, 'x');
    huge.write('Subject: huge\r\n\r\n');
    mailbox.add(huge);
    mailbox.add(Buffer.from('\r\nno header\r\n'));
    mailbox.add(mailOf('a'));
    expect(await poll()).toEqual(done({ taken: 1, skipped: 2 }));
    expect(put).toEqual([keyOf(mailOf('a'))]);
    expect(mailbox.fetched).toEqual([2, 3]);
  });

  test('is left to the next run when time is over', async () => {
    const { mailbox, put, poll, ports, passes } = world();
    for (const text of ['a', 'b', 'c']) mailbox.add(mailOf(text));
    const slow = {
      putOnce: async (key: string, bytes: Uint8Array) => {
        passes(20);
        return ports.drop.putOnce(key, bytes);
      },
    };
    expect(await poll({ drop: slow })).toEqual(done({ taken: 2, skipped: 0 }));
    expect(await poll()).toEqual(done({ taken: 1, skipped: 0 }));
    expect(put).toEqual(['a', 'b', 'c'].map((text) => keyOf(mailOf(text))));
  });

  test('is bounded in one run', async () => {
    const { mailbox, poll } = world();
    for (let n = 0; n < 205; n += 1) mailbox.add(mailOf(`${n}`));
    expect(await poll()).toEqual(done({ taken: 200, skipped: 0 }));
    expect(await poll()).toEqual(done({ taken: 5, skipped: 0 }));
  });
});

describe('a mail that its server does not give out', () => {
  const stuck = fail('notification/mailbox-unreachable');

  async function stuckWorld() {
    const made = world();
    for (const text of ['a', 'b', 'c']) made.mailbox.add(mailOf(text));
    made.mailbox.withhold(2);
    return {
      ...made,
      polls: async (count: number) => {
        for (let run = 0; run < count; run += 1) expect(await made.poll()).toEqual(stuck);
      },
    };
  }

  test('stops 29 runs, and is passed over by the next: what is behind it comes', async () => {
    const { mailbox, put, poll, polls } = await stuckWorld();
    await polls(29);
    expect(put).toEqual([keyOf(mailOf('a'))]);
    expect(await poll()).toEqual(done({ taken: 0, skipped: 1 }));
    expect(await poll()).toEqual(done({ taken: 1, skipped: 0 }));
    expect(put).toEqual(['a', 'c'].map((text) => keyOf(mailOf(text))));
    expect(mailbox.fetched).toEqual([1, ...Array<number>(30).fill(2), 3]);
  });

  test('is so too as the first of all', async () => {
    const { mailbox, put, poll } = world();
    mailbox.add(mailOf('a'));
    mailbox.add(mailOf('b'));
    mailbox.withhold(1);
    for (let run = 0; run < 29; run += 1) expect(await poll()).toEqual(stuck);
    expect(await poll()).toEqual(done({ taken: 0, skipped: 1 }));
    await poll();
    expect(put).toEqual([keyOf(mailOf('b'))]);
  });

  test('is counted alone: for the next one that does so the count begins anew', async () => {
    const { mailbox, put, polls } = await stuckWorld();
    await polls(29);
    mailbox.remove(2);
    mailbox.withhold(3);
    await polls(29);
    expect(put).toEqual([keyOf(mailOf('a'))]);
  });

  test('is counted anew where the server was set up anew', async () => {
    const { mailbox, polls } = await stuckWorld();
    mailbox.withhold(1);
    await polls(29);
    mailbox.renumber();
    await polls(29);
  });

  test('is not counted while the whole server cannot be reached', async () => {
    const { poll, polls, put } = await stuckWorld();
    await polls(1);
    const away = { read: async () => stuck };
    for (let run = 0; run < 40; run += 1) await poll({ mailbox: away });
    await polls(28);
    expect(put).toHaveLength(1);
  });

  test('is counted once by runs at the same moment, and passed over once', async () => {
    const { poll, polls } = await stuckWorld();
    await polls(28);
    expect(await Promise.all([poll(), poll()])).toEqual([stuck, stuck]);
    const both = await Promise.all([poll(), poll()]);
    expect(both).toContainEqual(done({ taken: 0, skipped: 1 }));
    expect(both).toContainEqual(done({ taken: 0, skipped: 0 }));
  });
});

/** Every call of every port, in the order in which they come; the n-th is not survived. */
function dying(ports: PollPorts, diesAt: number, when: 'before' | 'after'): PollPorts {
  let calls = 0;
  const wrapped = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(whole, name) {
        const value: unknown = Reflect.get(whole, name);
        if (typeof value !== 'function') return value;
        return async (...given: unknown[]) => {
          calls += 1;
          const mine = calls;
          if (mine === diesAt && when === 'before') throw new Error('died');
          const answer: unknown = await Reflect.apply(value, whole, given);
          if (mine === diesAt) throw new Error('died');
          return answer;
        };
      },
    });
  return {
    ...ports,
    drop: wrapped(ports.drop),
    watermarks: wrapped(ports.watermarks),
    mailbox: {
      read: (work) => ports.mailbox.read((folder) => work(wrapped(folder))),
    },
  };
}

test.each(['before', 'after'] as const)(
  'a worker that dies %s any of its calls loses nothing, and nothing is taken twice',
  async (when) => {
    let calls = 0;
    for (let diesAt = 1; calls === 0; diesAt += 1) {
      const { mailbox, put, poll, ports } = world();
      const texts = ['a', 'b', 'c', 'd'];
      for (const text of texts) mailbox.add(mailOf(text));
      const died = await pollMailbox(dying(ports, diesAt, when)).then(
        () => false,
        () => true,
      );
      await poll();
      expect(put).toEqual(texts.map((text) => keyOf(mailOf(text))));
      if (!died) calls = diesAt - 1;
    }
    // One watermark, one list, and of each mail: fetch, put, move.
    expect(calls).toBe(2 + 4 * 3);
  },
);
