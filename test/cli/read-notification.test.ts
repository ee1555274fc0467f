import { expect, test } from '@jest/globals';
import { readNotificationCommand } from '../../infra/cli/commands/read-notification.ts';
import { relayEvent } from '../notification/relay-events.ts';
import { reportOf } from '../notification/reading/reports.ts';
import { folderFor } from './files.ts';
import { runBatchOf, runCli } from './run-cli.ts';

const file = folderFor('read-notification');
const LEE = 'dr.lee@direct.clinic.example';
const COMMANDS = { 'read-notification': readNotificationCommand };

const mdn = file(
  'mdn.eml',
  reportOf({
    lines: [
      `Final-Recipient: rfc822; ${LEE}`,
      'Original-Message-ID: <copy-1@h .example>',
      'Disposition: automatic-action/MDN-sent-automatically;dispatched',
      'X-DIRECT-FINAL-DESTINATION-DELIVERY:',
    ],
  }),
);
const dsn = file(
  'dsn.eml',
  reportOf({
    type: 'delivery-status',
    lines: [
      'X-Original-Message-ID: <copy-2@h.example>',
      '',
      `Final-Recipient: rfc822; ${LEE}`,
      'Action: failed',
      'Status: 5.2.3 (too big)',
      '',
      `Original-Recipient: rfc822; bob@direct.clinic.example`,
      'Action: relayed',
      '',
      'Final-Recipient: x400; /S=lee/',
    ],
  }),
);
const event = file(
  'event.json',
  `\u{feff}\n ${JSON.stringify(relayEvent('Bounce', { recipient: LEE }))}`,
);
const away = file(
  'away.eml',
  'Auto-Submitted: auto-replied\r\nIn-Reply-To: <copy-1@h.example>\r\n\r\n',
);
const hello = file('hello.eml', 'Subject: Hello\r\n\r\n{"eventType":"Send"}');
const huge = file('huge.eml', Buffer.alloc(6 * 1024 * 1024, 'x'));
const half = file('half.json', '{"eventType":"Send"');

test('answers line by line, and leaves out what a file does not say', async () => {
  const files = [mdn, dsn, event, away, hello];
  const { answers, exitCode, err } = await runBatchOf(
    readNotificationCommand,
    files.map((each, id) => ({ id, file: each })),
  );
  expect(answers).toEqual([
    {
      id: 0,
      ok: true,
      kind: 'mdn',
      originalMessageIds: ['copy-1@h.example', 'copy-1@h .example'],
      recipients: [{ address: LEE, disposition: 'dispatched', outcome: 'dispatched' }],
    },
    {
      id: 1,
      ok: true,
      kind: 'dsn',
      originalMessageIds: ['copy-2@h.example'],
      recipients: [
        {
          address: LEE,
          action: 'failed',
          status: '5.2.3',
          outcome: 'failed',
          code: 'deliver/too-large',
        },
        { address: 'bob@direct.clinic.example', action: 'relayed', outcome: 'none' },
        { outcome: 'none' },
      ],
    },
    {
      id: 2,
      ok: true,
      kind: 'ses-event',
      originalMessageIds: ['ses-1'],
      recipients: [{ address: LEE, outcome: 'failed', code: 'deliver/bounced' }],
    },
    {
      id: 3,
      ok: true,
      kind: 'auto-reply',
      originalMessageIds: ['copy-1@h.example'],
      recipients: [],
    },
    { id: 4, ok: true, kind: 'message', originalMessageIds: [], recipients: [] },
  ]);
  expect([exitCode, err]).toEqual([0, ['it: 5 of 5 notifications read']]);
});

test('a refusal is an answer, and what cannot be processed is a fault', async () => {
  const nothing = { ok: false, originalMessageIds: [], recipients: [] };
  const { answers, exitCode, err } = await runBatchOf(readNotificationCommand, [
    { id: 'huge', file: huge },
    { id: 'half', file: half },
    { id: 'gone', file: file('here', '').replace('here', 'gone') },
    { id: 'none' },
    'no JSON',
  ]);
  expect(answers).toEqual([
    { id: 'huge', code: 'notification/too-large', ...nothing },
    { id: 'half', code: 'notification/bad-event', ...nothing },
    { id: 'gone', code: 'edge/not-found', ...nothing },
    { id: 'none', code: 'edge/malformed', ...nothing },
    { code: 'edge/malformed', ...nothing },
  ]);
  expect(exitCode).toBe(1);
  expect(err.map((line) => line.replace(/Cannot read .*:/, 'Cannot read it:'))).toEqual([
    'it: line 3: Cannot read it: there is no such file.',
    'it: line 4: wrong or missing: file',
    'it: line 5: the line is no JSON object',
    'it: 0 of 5 notifications read',
  ]);
});

test('a refusal alone is no fault', async () => {
  expect((await runBatchOf(readNotificationCommand, [{ file: huge }])).exitCode).toBe(0);
});

test('tells people in a line for each recipient', async () => {
  const { out, exitCode } = await runCli(COMMANDS, 'read-notification', mdn, dsn, away, hello);
  expect(out).toEqual([
    `${mdn}: mdn, about copy-1@h.example`,
    `  ${LEE}: dispatched (dispatched, with X-DIRECT-FINAL-DESTINATION-DELIVERY)`,
    `${dsn}: dsn, about copy-2@h.example`,
    `  ${LEE}: failed (failed, 5.2.3, deliver/too-large)`,
    '  bob@direct.clinic.example: none (relayed)',
    '  (nobody named): none',
    `${away}: auto-reply, about copy-1@h.example`,
    `${hello}: message`,
    '4 of 4 notifications read',
  ]);
  expect(exitCode).toBe(0);
});

test('tells programs in one JSON value', async () => {
  const { out, err, exitCode } = await runCli(COMMANDS, 'read-notification', event, half, '--json');
  expect(JSON.parse(out.join('\n'))).toEqual({
    read: [
      {
        file: event,
        kind: 'ses-event',
        originalMessageIds: ['ses-1'],
        recipients: [{ address: LEE, outcome: 'failed', code: 'deliver/bounced' }],
      },
      { file: half, code: 'notification/bad-event' },
    ],
  });
  expect([err, exitCode]).toEqual([['1 of 2 notifications read'], 1]);
});

test('wants a file', async () => {
  const { err, exitCode } = await runCli(COMMANDS, 'read-notification');
  expect([err, exitCode]).toEqual([
    ['Name at least one mail or event. Usage: read-notification FILE…'],
    1,
  ]);
});
