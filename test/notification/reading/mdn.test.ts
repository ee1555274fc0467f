import { describe, expect, test } from '@jest/globals';
import { reportOf, told, type Report } from './reports.ts';

const MESSAGE_ID = 'Original-Message-ID: <copy-1@direct.holder.example>';
const RECIPIENT = 'Final-Recipient: rfc822; dr.lee@direct.clinic.example';
const PROCESSED = 'Disposition: automatic-action/MDN-sent-automatically;processed';
const LINES = [RECIPIENT, MESSAGE_ID, PROCESSED];

const disposed = async (says: string, ...more: string[]) => {
  const mail = reportOf({ lines: [RECIPIENT, MESSAGE_ID, `Disposition: ${says}`, ...more] });
  const [recipient] = (await told(mail)).recipients;
  return recipient!;
};
const named = async (report: Report) => (await told(reportOf(report))).names;

describe('what became of it', () => {
  const MODE = 'automatic-action/MDN-sent-automatically';

  test.each([
    ['processed', 'processed', 'processed'],
    ['dispatched', 'dispatched', 'dispatched'],
    ['displayed', 'displayed', 'none'],
    ['deleted', 'deleted', 'none'],
    ['failed', 'failed', 'failed'],
    ['failure', 'failed', 'failed'],
    ['error', 'failed', 'failed'],
    ['denied', 'denied', 'failed'],
    ['processed/error', 'processed', 'failed'],
    ['processed/warning,failure', 'processed', 'failed'],
    ['dispatched/Failed', 'dispatched', 'failed'],
    ['processed/warning', 'processed', 'processed'],
    ['deleted/error', 'deleted', 'failed'],
    ['PROCESSED', 'processed', 'processed'],
    ['  processed ', 'processed', 'processed'],
    ['processed (by our agent; really)', 'processed', 'processed'],
    ['transmogrified', undefined, 'none'],
    ['', undefined, 'none'],
  ])('%s', async (type, disposition, outcome) => {
    const recipient = await disposed(`${MODE};${type}`);
    expect([recipient.disposition, recipient.outcome]).toEqual([disposition, outcome]);
    const code = outcome === 'failed' ? 'notification/recipient-failed' : undefined;
    expect(recipient.code).toBe(code);
  });

  test.each([
    'manual-action/MDN-sent-manually; processed',
    'automatic-action/MDN-sent-automatically ;  processed',
    'processed',
    'x;processed;failed',
  ])('in the hand of another agent: %s', async (says) => {
    expect((await disposed(says)).outcome).toBe('processed');
  });

  test.each([
    ['Error: 5.2.2 mailbox full', 'failed'],
    ['Failure: no such user', 'failed'],
    ['failure : no such user', 'failed'],
    ['Error:', 'processed'],
    ['Failure: ', 'processed'],
    ['Warning: something', 'processed'],
  ])('with the field %s it is %s', async (field, outcome) => {
    expect((await disposed(`${MODE};processed`, field)).outcome).toBe(outcome);
  });

  test('dispatched is final only with the field of Direct, which has no value', async () => {
    const field = 'X-DIRECT-FINAL-DESTINATION-DELIVERY:';
    expect((await disposed(`${MODE};dispatched`)).final).toBe(false);
    expect((await disposed(`${MODE};dispatched`, field)).final).toBe(true);
    expect((await disposed(`${MODE};dispatched`, field.toLowerCase())).final).toBe(true);
  });

  test('without a disposition nothing', async () => {
    const { recipients } = await told(reportOf({ lines: [RECIPIENT, MESSAGE_ID] }));
    expect(recipients).toEqual([
      { address: 'dr.lee@direct.clinic.example', final: false, outcome: 'none' },
    ]);
  });

  test('of a field that is there twice the first counts', async () => {
    const other = `Disposition: ${MODE};failed`;
    expect((await disposed(`${MODE};processed`, other)).outcome).toBe('processed');
    expect((await disposed(`${MODE};processed`, '', other)).outcome).toBe('processed');
  });
});

describe('for whom it speaks', () => {
  test.each([
    ['rfc822; dr.lee@direct.clinic.example', 'dr.lee@direct.clinic.example'],
    ['rfc822;dr.lee@direct.clinic.example', 'dr.lee@direct.clinic.example'],
    ['RFC822 ; Dr.Lee@Direct.Clinic.EXAMPLE', 'Dr.Lee@direct.clinic.example'],
    ['utf-8; dr.lee@direct.clinic.example', 'dr.lee@direct.clinic.example'],
    ['dr.lee@direct.clinic.example', 'dr.lee@direct.clinic.example'],
    ['<dr.lee@direct.clinic.example>', 'dr.lee@direct.clinic.example'],
    ['rfc822;"Dr. Lee" <dr.lee@direct.clinic.example>', 'dr.lee@direct.clinic.example'],
    ['rfc822; Dr Lee <dr.lee@direct.clinic.example> (work)', 'dr.lee@direct.clinic.example'],
    ['rfc822; dr.lee@direct.clinic.example (Dr (Ann) Lee)', 'dr.lee@direct.clinic.example'],
    ['rfc822; <bob@other.example> <dr.lee@direct.clinic.example>', 'dr.lee@direct.clinic.example'],
    ['x400; /S=lee/', undefined],
    ['rfc822; dr.lee@direct.clinic.example, bob@other.example', undefined],
    ['rfc822; "dr lee"@direct.clinic.example', undefined],
    ['rfc822; dr.lee@direct.clinic.example\0', 'dr.lee@direct.clinic.example'],
    ['', undefined],
  ])('%s', async (value, address) => {
    const lines = [`Final-Recipient: ${value}`, MESSAGE_ID, PROCESSED];
    const { recipients } = await told(reportOf({ lines }));
    expect(recipients.map((each) => each.address)).toEqual([address]);
  });

  test('and to whom it was sent', async () => {
    const lines = [...LINES, 'Original-Recipient: rfc822;clinic@direct.clinic.example'];
    const [recipient] = (await told(reportOf({ lines }))).recipients;
    expect(recipient).toMatchObject({
      address: 'dr.lee@direct.clinic.example',
      originalAddress: 'clinic@direct.clinic.example',
    });
  });
});

describe('which message it is about', () => {
  test.each([
    ['Original-Message-ID: <copy-1@holder.example>', ['copy-1@holder.example']],
    ['Original-Message-ID:<copy-1@holder.example>', ['copy-1@holder.example']],
    ['original-message-id : copy-1@holder.example', ['copy-1@holder.example']],
    ['Original-Message-ID:\r\n <copy-1@\r\n\tholder.example>', ['copy-1@holder.example']],
    ['X-Original-Message-ID: <copy-1@holder.example>', ['copy-1@holder.example']],
    ['Original-Message-ID: 0018deb9-4f90-4c46', ['0018deb9-4f90-4c46']],
    ['Original-Message-ID: <>', []],
    ['Original-Message-ID: your message of Friday', []],
    ['Original-Message-ID: <copy-1@holder.example\0>', ['copy-1@holder.example']],
    ['Original-Message-ID: <c\u00f6py@holder.example>', []],
    ['Original-Message-ID: <0100-1@email.amazonses.com>', ['0100-1@email.amazonses.com', '0100-1']],
    [
      'Original-Message-ID: <0100-1@eu-west-1.amazonses.com>',
      ['0100-1@eu-west-1.amazonses.com', '0100-1'],
    ],
    [
      'Original-Message-ID: <0100-1@amazonses.com.evil.example>',
      ['0100-1@amazonses.com.evil.example'],
    ],
  ])('%j', async (line, names) => {
    expect(await named({ lines: [RECIPIENT, PROCESSED, line] })).toEqual(names);
  });

  test('an id with blanks is told also as it is written, for people', async () => {
    const lines = [RECIPIENT, PROCESSED, 'Original-Message-ID: <a@IETF.CNR I.Reston.VA.US>'];
    expect(await told(reportOf({ lines }))).toMatchObject({
      names: ['a@IETF.CNRI.Reston.VA.US'],
      asWritten: ['a@IETF.CNR I.Reston.VA.US'],
    });
  });

  const header = ['In-Reply-To: <answered@holder.example>'];
  const third = [
    'Content-Type: message/rfc822',
    '',
    'Message-ID: <returned@holder.example>',
    '',
    '',
  ];

  test('of what names it, the report counts first, then the header, then what is returned', async () => {
    expect(await named({ lines: LINES, header, third })).toEqual(['copy-1@direct.holder.example']);
    expect(await named({ lines: [RECIPIENT, PROCESSED], header, third })).toEqual([
      'answered@holder.example',
    ]);
    expect(await named({ lines: [RECIPIENT, PROCESSED], third })).toEqual([
      'returned@holder.example',
    ]);
    expect(await named({ lines: [RECIPIENT, PROCESSED] })).toEqual([]);
  });
});
