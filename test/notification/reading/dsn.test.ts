import { describe, expect, test } from '@jest/globals';
import { ordinary, reportOf, told, type Report } from './reports.ts';

const dsn = (report: Omit<Report, 'type'>): string =>
  reportOf({ type: 'delivery-status', ...report });
const MTA = ['Reporting-MTA: dns; mx.clinic.example', ''];
const RECIPIENT = 'Final-Recipient: rfc822; dr.lee@direct.clinic.example';

const about = async (...lines: string[]) => {
  const { recipients } = await told(dsn({ lines: [...MTA, RECIPIENT, ...lines] }));
  expect(recipients).toHaveLength(1);
  return recipients[0]!;
};

const whom = async (...lines: string[]) =>
  (await told(dsn({ lines }))).recipients.map(({ address, originalAddress, action }) => [
    address ?? originalAddress,
    action,
  ]);
const names = async (report: Omit<Report, 'type'>) => (await told(dsn(report))).names;

describe('what became of it', () => {
  test.each([
    ['failed', 'failed', 'failed'],
    ['Failed (bounced)', 'failed', 'failed'],
    ['(no luck) failed', 'failed', 'failed'],
    ['delayed', 'delayed', 'delayed'],
    ['delayed (will retry for 3 days)', 'delayed', 'delayed'],
    ['delivered', 'delivered', 'delivered'],
    ['relayed', 'relayed', 'none'],
    ['expanded', 'expanded', 'none'],
    ['exploded', undefined, 'none'],
    ['', undefined, 'none'],
  ])('Action: %s', async (word, action, outcome) => {
    const recipient = await about(`Action: ${word}`);
    expect([recipient.action, recipient.outcome]).toEqual([action, outcome]);
    expect(recipient.code).toBe(outcome === 'failed' ? 'deliver/bounced' : undefined);
  });

  test.each([
    ['Status: 5.1.1', 'failed'],
    ['Status: 4.4.1', 'none'],
    ['Status: 2.0.0', 'none'],
    ['X-Nothing: 1', 'none'],
  ])('without an action %s says %s', async (status, outcome) => {
    expect((await about(status)).outcome).toBe(outcome);
  });

  test('the action decides, whatever the status says', async () => {
    expect(await about('Action: failed', 'Status: 4.4.7')).toMatchObject({
      status: '4.4.7',
      outcome: 'failed',
      code: 'deliver/bounced',
    });
    expect(await about('Action: delivered', 'Status: 5.0.0')).toMatchObject({
      outcome: 'delivered',
    });
  });
});

describe('what a failure is to us', () => {
  test.each([
    ['5.0.0', 'deliver/bounced'],
    ['5.1.1', 'deliver/bounced'],
    ['5.1.10', 'deliver/bounced'],
    ['5.2.2', 'deliver/bounced'],
    ['5.2.3', 'deliver/too-large'],
    ['5.3.4', 'deliver/too-large'],
    ['5.3.0', 'deliver/bounced'],
    ['4.4.7', 'deliver/bounced'],
    ['5.4.71', 'notification/recipient-failed'],
    ['5.4.72', 'notification/recipient-failed'],
    ['5.5.0', 'deliver/bounced'],
    ['5.6.1', 'deliver/refused'],
    ['5.7.1', 'deliver/refused'],
    ['5.7.11', 'notification/recipient-failed'],
    ['5.7.31', 'notification/recipient-failed'],
    ['5.7.026', 'deliver/refused'],
    ['5.999.999', 'deliver/bounced'],
  ])('%s is %s', async (status, code) => {
    expect(await about('Action: failed', `Status: ${status}`)).toMatchObject({ status, code });
  });

  test.each([
    ['5.0.0 (permanent failure)', '5.0.0'],
    ['5.7.1 (denied by policy (ours))', '5.7.1'],
    ['(5.1.1) 5.2.2', '5.2.2'],
    ['smtp; 550 5.2.2', '5.2.2'],
    ['5.1', undefined],
    ['15.1.1', undefined],
    ['5.1.1.1', undefined],
    ['3.1.1', undefined],
    ['550', undefined],
  ])('Status: %s is read as %s', async (value, status) => {
    expect((await about('Action: failed', `Status: ${value}`)).status).toBe(status);
  });

  test('where the status says nothing, the answer of the server that refused it does', async () => {
    const diagnosis = 'Diagnostic-Code: smtp; 552 5.3.4 message too big';
    expect(await about('Action: failed', 'Status: 5.0.0', diagnosis)).toMatchObject({
      status: '5.0.0',
      code: 'deliver/too-large',
    });
    expect((await about('Action: failed', diagnosis)).code).toBe('deliver/too-large');
    expect((await about('Action: failed', 'Status: 5.1.1', diagnosis)).code).toBe(
      'deliver/bounced',
    );
  });
});

describe('about whom', () => {
  const LEE = 'dr.lee@direct.clinic.example';
  const ROE = 'dr.roe@direct.clinic.example';
  const ofRoe = ['', `Final-Recipient: rfc822; ${ROE}`, 'Action: delayed'];

  test('several, each in a block', async () => {
    expect(await whom(...MTA, RECIPIENT, 'Action: failed', ...ofRoe)).toEqual([
      [LEE, 'failed'],
      [ROE, 'delayed'],
    ]);
  });

  test('one in the block of the message, as the certification tool writes it', async () => {
    expect(await whom('Reporting-MTA: dns; x', RECIPIENT, 'Action: delivered')).toEqual([
      [LEE, 'delivered'],
    ]);
  });

  test('one whose block is torn in two', async () => {
    expect(await whom(...MTA, RECIPIENT, '', 'Action: failed', ...ofRoe)).toEqual([
      [LEE, 'failed'],
      [ROE, 'delayed'],
    ]);
  });

  test('a block that says more changes nothing of what was said', async () => {
    expect(await whom(...MTA, RECIPIENT, 'Action: failed', '', 'Action: delivered')).toEqual([
      [LEE, 'failed'],
    ]);
  });

  test('one who is only named as it was sent', async () => {
    expect(await whom(...MTA, `Original-Recipient: rfc822;${LEE}`, 'Action: failed')).toEqual([
      [LEE, 'failed'],
    ]);
  });

  test('somebody who is not named', async () => {
    expect(await whom(...MTA, 'Action: failed')).toEqual([[undefined, 'failed']]);
  });

  test('nobody', async () => {
    expect(await whom('Reporting-MTA: dns; mx.clinic.example')).toEqual([]);
    expect(await whom('')).toEqual([]);
  });
});

describe('which message it is about', () => {
  const block = [RECIPIENT, 'Action: failed'];

  test('everything that names it counts, the surest first', async () => {
    const header = ['References: <referred@h.example>', 'In-Reply-To: <answered@h.example>'];
    const third = ['Content-Type: message/rfc822', '', 'Message-ID: <returned@h.example>', '', 'x'];
    const lines = ['Original-Envelope-ID: envelope1', 'X-Original-Message-ID: <named@h.example>'];
    expect(await names({ lines: [...lines, '', ...block], header, third })).toEqual([
      'named@h.example',
      'envelope1',
      'answered@h.example',
      'returned@h.example',
      'referred@h.example',
    ]);
  });

  test.each(['X-Original-Message-ID', 'Original-Message-ID', 'original-envelope-id'])(
    '%s in the block of a recipient',
    async (name) => {
      expect(await names({ lines: [...MTA, ...block, `${name}: <id@h.example>`] })).toEqual([
        'id@h.example',
      ]);
    },
  );

  test.each([
    'message/rfc822',
    'text/rfc822-headers',
    'message/rfc822-headers',
    'message/global',
    'message/global-headers',
  ])('the message comes back as %s', async (type) => {
    const third = [`Content-Type: ${type}`, '', 'Subject: x', 'message-id:', ' <id@h.example>'];
    expect(await names({ lines: [...MTA, ...block], third })).toEqual(['id@h.example']);
  });

  test('the message comes back in base64', async () => {
    const bytes = Buffer.from('Message-ID: <0100@email.amazonses.com>\r\n\r\nx');
    const third = [
      'Content-Type: message/rfc822',
      'Content-Transfer-Encoding: base64',
      '',
      bytes.toString('base64'),
    ];
    expect(await names({ lines: [...MTA, ...block], third })).toEqual([
      '0100@email.amazonses.com',
      '0100',
    ]);
  });

  test('the message comes back with all that was in it', async () => {
    const third = ['Content-Type: message/rfc822', '', 'Message-ID: <id@h.example>', ''];
    const whole = [...third, ...Array.from({ length: 15_000 }, () => 'x'.repeat(70))];
    expect(await names({ lines: [...MTA, ...block], third: whole })).toEqual(['id@h.example']);
  });

  test('what stands in the body of the message that comes back does not', async () => {
    const third = [
      'Content-Type: message/rfc822',
      '',
      'Subject: x',
      '',
      'Message-ID: <id@h.example>',
    ];
    expect(await names({ lines: [...MTA, ...block], third })).toEqual([]);
  });

  test('the same name twice is one, and of too many the first twenty are heard', async () => {
    const many = Array.from({ length: 50 }, (_, at) => `<id-${at % 40}@h.example>`).join(' ');
    const found = await names({ lines: [...MTA, ...block], header: [`References: ${many}`] });
    expect(found).toEqual(Array.from({ length: 20 }, (_, at) => `id-${at}@h.example`));
  });

  test('a message that brings itself back, about itself, is one of which nobody knows', async () => {
    const header = ['In-Reply-To: <notice-1@direct.clinic.example>'];
    const lines = [...MTA, ...block, 'X-Original-Message-ID: <notice-1@direct.clinic.example>'];
    const once = dsn({ lines, header });
    const twice = dsn({ lines, header, third: ['Content-Type: message/rfc822', '', once] });
    expect((await told(twice)).names).toEqual(['notice-1@direct.clinic.example']);
  });

  test.each([
    'a@h.example>\r\nBcc: bob@other.example',
    'a@h.example%0d%0aBcc: bob',
    'a@h.example\u0000',
    'a@h.example\u001b[2J',
  ])('an id holds nothing that could leave its line: %j', async (id) => {
    for (const name of await names({
      lines: [...MTA, ...block, `X-Original-Message-ID: <${id}>`],
    })) {
      expect(name).toMatch(/^[!-~]+$/);
    }
  });
});

describe('a DSN that is no multipart/report', () => {
  const mixed = dsn({ lines: [...MTA, RECIPIENT, 'Action: failed'] }).replace(
    /multipart\/report; report-type=[a-z-]+/,
    'multipart/mixed',
  );

  test('is read, as some servers write them, and said to be none', async () => {
    expect(await told(mixed)).toMatchObject({ kind: 'dsn', isReport: false });
    expect(await told(dsn({ lines: MTA }))).toMatchObject({ kind: 'dsn', isReport: true });
  });

  test('is one, and no MDN, when it says so and brings back an MDN', async () => {
    const third = [
      'Content-Type: message/disposition-notification',
      '',
      'Disposition: a/b;processed',
    ];
    expect((await told(dsn({ lines: [...MTA, RECIPIENT], third }))).kind).toBe('dsn');
  });

  test('is not looked for in a message that is sent on', async () => {
    const forwarded = ['Content-Type: message/rfc822', '', mixed].join('\r\n');
    expect((await ordinary(forwarded)).kind).toBe('message');
  });

  test('names those who failed in its header', async () => {
    const header = 'X-Failed-Recipients: a@one.example,\r\n <b@two.example>, nobody';
    const bounce = `Auto-Submitted: auto-replied\r\nIn-Reply-To: <id@h.example>\r\n${header}\r\n\r\nSorry.`;
    const failed = { final: false, outcome: 'failed', code: 'deliver/bounced' };
    expect(await told(bounce)).toMatchObject({
      kind: 'dsn',
      isReport: false,
      names: ['id@h.example'],
      recipients: [
        { address: 'a@one.example', ...failed },
        { address: 'b@two.example', ...failed },
        failed,
      ],
    });
  });

  test('says nothing in its header when it has a part for machines', async () => {
    const header = ['X-Failed-Recipients: a@one.example'];
    const mail = dsn({ lines: [...MTA, RECIPIENT, 'Action: delayed'], header });
    expect((await told(mail)).recipients).toMatchObject([{ outcome: 'delayed' }]);
  });
});
