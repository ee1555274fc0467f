import { expect, test } from '@jest/globals';
import { makeHandler } from '../../../lambdas/poll-mailbox/handler.ts';
import { watermarkStore } from '../../../shared/adapters/dynamo/watermarks.ts';
import { jsonLog } from '../../../shared/log.ts';
import { memoryBytes } from '../../support/memory/bytes.ts';
import { memoryMailDrop } from '../../support/memory/mail-drop.ts';
import { memoryMailbox } from '../../support/memory/mailbox.ts';
import { memoryMetrics } from '../../support/memory/metrics.ts';
import { memoryTable } from '../../support/memory/table.ts';

function world() {
  const mailbox = memoryMailbox();
  const metrics = memoryMetrics();
  const lines: string[] = [];
  const poll = makeHandler({
    mailbox,
    metrics,
    drop: memoryMailDrop(memoryBytes()),
    watermarks: watermarkStore(memoryTable({ seed: 5 })),
    settings: { url: 'imaps://mail.hisp.example', folder: 'INBOX', of: 'relay' },
    now: () => new Date('2026-11-22T12:00:00Z'),
    log: jsonLog((line) => lines.push(line), 'poll-mailbox'),
  });
  return { mailbox, metrics, lines, poll: () => poll({}) };
}

test('a run says how much it took, and nothing of it', async () => {
  const { mailbox, lines, metrics, poll } = world();
  mailbox.add(Buffer.from('From: dr.lee@direct.clinic.example\r\n\r\nx'));
  await poll();
  expect(lines.join()).toContain('"event":"mailbox-polled","count":1');
  expect(lines.join()).not.toContain('@');
  expect([metrics.of('MailSkipped'), metrics.of('MailboxUnread')]).toEqual([[], []]);
});

test('what was passed over is counted and said', async () => {
  const { mailbox, lines, metrics, poll } = world();
  mailbox.add(Buffer.from('no mail'));
  await poll();
  expect(metrics.of('MailSkipped')).toEqual([1]);
  expect(lines.join()).toContain(
    '"level":"ERROR","function":"poll-mailbox","event":"mail-skipped"',
  );
});

test('so is what its server does not give out, after half an hour', async () => {
  const { mailbox, lines, metrics, poll } = world();
  mailbox.add(Buffer.from('Subject: x\r\n\r\nx'));
  mailbox.withhold(1);
  for (let run = 0; run < 31; run += 1) await poll();
  expect(metrics.of('MailboxUnread')).toHaveLength(29);
  expect(metrics.of('MailSkipped')).toEqual([1]);
  expect(lines.join()).toContain('"event":"mail-skipped","count":1');
});

test.each(['notification/mailbox-unreachable', 'notification/mailbox-refused'] as const)(
  '%s: is counted and said, and the next run asks again',
  async (code) => {
    const { mailbox, lines, metrics, poll } = world();
    mailbox.break(code);
    await poll();
    expect(metrics.of('MailboxUnread')).toEqual([1]);
    expect(lines.join()).toContain(`"event":"mailbox-unread","code":"${code}"`);
  },
);
