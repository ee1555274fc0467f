import { describe, expect, test } from '@jest/globals';
import { folderOf } from '../../../shared/notification/channel.ts';
import { voiceOfClient } from '../../../shared/notification/hisp-voice.ts';
import { LETTERS_A_DAY } from '../../../shared/notification/letter/answer-letter.ts';
import { readNotification } from '../../../shared/notification/reading/read-notification.ts';
import { SENDER } from '../../lambdas/http-world.ts';
import { cachedKeys, issueQuickly } from '../../support/pki.ts';
import { RECIPIENT } from '../../support/whole-path.ts';
import { letter, letterWorld, sealed } from './letters.ts';

const BOTH = { letters: { answer: 'processed-and-failed' } } as const;

describe('a letter to a sending address', () => {
  test('is answered by one MDN as the strictest reader takes it, to its author, from the address', async () => {
    const { path, arrives, answers } = await letterWorld();
    await arrives(letter());
    expect(path.relay.taken.map(({ from, to }) => [from, to])).toEqual([[SENDER, RECIPIENT]]);
    const [answer = ''] = answers();
    expect(answer).toMatch(/^From: <records@direct\.greenstreet\.example>\r\n/);
    expect(answer).toContain('\r\nTo: <dr.lee@direct.clinic.example>\r\n');
    expect(answer).toContain('\r\nOriginal-Message-ID: <letter@direct.clinic.example>\r\n');
    expect(answer).toContain(
      '\r\nDisposition: automatic-action/MDN-sent-automatically;processed\r\n',
    );
    expect(answer.match(/\r\nContent-Type: text\/plain/g)).toHaveLength(1);
    expect(answer.match(/\r\nContent-Type: message\/disposition-notification\r\n/g)).toHaveLength(
      1,
    );
    expect(await readNotification(Buffer.from(answer))).toMatchObject({
      ok: true,
      value: {
        kind: 'mdn',
        isReport: true,
        names: ['letter@direct.clinic.example'],
        recipients: [{ address: SENDER, disposition: 'processed', outcome: 'processed' }],
      },
    });
  });

  test('gets an answer that asks for none, says that a program wrote it, and quotes nothing', async () => {
    const { arrives, answers } = await letterWorld(BOTH);
    await arrives(letter());
    expect(answers()).toHaveLength(2);
    for (const answer of answers()) {
      expect(answer).not.toMatch(/disposition-notification-(?:to|options)/i);
      expect(answer).toContain('\r\nAuto-Submitted: auto-replied\r\n');
      expect(answer).not.toMatch(/Ana Rivera|Whom may we call/);
    }
  });

  test('is kept for staff as it came, and counted', async () => {
    const { path, kept, said } = await letterWorld();
    const raw = await sealed(letter(), path);
    await path.deliverMail(raw);
    expect(kept()).toHaveLength(1);
    expect(Buffer.from(await path.mail.get(kept()[0]!)).equals(Buffer.from(raw))).toBe(true);
    expect(path.metrics.of('LetterKept')).toEqual([1]);
    expect(path.metrics.of('OrphanNotice')).toEqual([]);
    expect(said()).toEqual(['letter-kept', undefined]);
    expect(path.lines.join()).not.toMatch(/@|Rivera/);
  });

  test.each([
    ['processed', ['Processed']],
    ['processed-and-failed', ['Processed', 'Failed']],
    ['none', []],
  ] as const)('with the setting %s: %j', async (answer, expected) => {
    const { arrives, subjects, kept } = await letterWorld({ letters: { answer } });
    await arrives(letter());
    expect(subjects()).toEqual(expected);
    expect(kept()).toHaveLength(1);
  });

  test('that comes again is answered once, also when it was sealed anew', async () => {
    const { path, arrives, answers, kept } = await letterWorld();
    const raw = await sealed(letter(), path);
    await path.deliverMail(raw);
    await path.deliverMail(raw);
    await arrives(letter());
    expect(answers()).toHaveLength(1);
    expect(kept()).toHaveLength(2);
    expect(path.metrics.of('LetterKept')).toEqual([1, 1]);
  });

  test('may be longer than any notice', async () => {
    const { path, arrives, answers } = await letterWorld();
    await arrives(letter({ body: Array(90_000).fill('y'.repeat(76)) }));
    expect(answers()).toHaveLength(1);
    expect(path.metrics.of('OrphanNotice')).toEqual([]);
  });

  test('from anybody under the certificate of his domain is answered to him', async () => {
    const { path, arrives } = await letterWorld();
    const keys = await cachedKeys('service');
    const service = await issueQuickly(path.anchor, { domain: 'direct.clinic.example', keys });
    await arrives(letter({ from: `<${RECIPIENT}>` }), service);
    expect(path.relay.taken).toHaveLength(1);
  });

  test('is answered to its author, whomever it asks to be told', async () => {
    const { path, arrives } = await letterWorld();
    const header = [
      'Disposition-Notification-To: <victim@elsewhere.example>',
      `Reply-To: <v@w.example>`,
    ];
    await arrives(letter({ header }));
    expect(path.relay.taken.map(({ to }) => to)).toEqual([RECIPIENT]);
  });

  test('notification/too-many-letters: more of a day are kept, and not answered', async () => {
    const { path, arrives, kept, said, answers } = await letterWorld();
    for (let n = 0; n <= LETTERS_A_DAY.address; n += 1) {
      await arrives(letter({ messageId: `<${n}@direct.clinic.example>` }));
    }
    expect(answers()).toHaveLength(LETTERS_A_DAY.address);
    expect(kept()).toHaveLength(LETTERS_A_DAY.address + 1);
    expect(said()).toEqual(['letter-unanswered', 'notification/too-many-letters']);
    path.at('2026-11-23T00:00:01Z');
    await arrives(letter({ messageId: '<tomorrow@direct.clinic.example>' }));
    expect(answers()).toHaveLength(LETTERS_A_DAY.address + 1);
  });

  test('notification/too-many-letters: who cannot count does not answer', async () => {
    const { path, arrives, said } = await letterWorld();
    path.ports.answerCounter.count = async () => false;
    await arrives(letter());
    expect(path.relay.taken).toEqual([]);
    expect(said()).toEqual(['letter-unanswered', 'notification/too-many-letters']);
  });
});

describe('through the HISP of somebody else', () => {
  test('an answer goes as it was written', async () => {
    const { path, arrives } = await letterWorld();
    path.relay.form = 'clear';
    await arrives(letter());
    const [taken] = path.relay.taken;
    expect(Buffer.from(taken!.bytes).toString('latin1')).toMatch(
      /^From: <records@[^]*Disposition: automatic-action\/MDN-sent-automatically;processed\r\n/,
    );
  });

  test('notification/unanswerable: a way for XDR takes no answers', async () => {
    const { path, arrives } = await letterWorld();
    path.relay.form = 'xdr';
    await arrives(letter());
    expect(path.relay.taken).toEqual([]);
    expect(path.lines.at(-1)).toContain('notification/unanswerable');
    expect(path.queues.send).toEqual([]);
  });

  test('a letter that it brings is kept, and the answer is its own affair', async () => {
    const hisp = { clients: ['a-hisp'] };
    const { path, kept } = await letterWorld({ hisp });
    await path.deliverMail(Buffer.from(letter()), folderOf(voiceOfClient('a-hisp', { hisp })));
    expect(kept()).toHaveLength(1);
    expect(path.relay.taken).toEqual([]);
  });
});
