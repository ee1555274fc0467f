import {
  GetSendQuotaCommand,
  SendRawEmailCommand,
  SESClient,
  SESServiceException,
} from '@aws-sdk/client-ses';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { relayAt, type RelayPorts } from '../../../shared/adapters/relays.ts';
import { sesQuotaWatch } from '../../../shared/adapters/ses/quota-watch.ts';
import { jsonLog } from '../../../shared/log.ts';
import { Settings } from '../../../shared/settings.ts';
import { ENVELOPE } from '../../contracts/relay.ts';
import { memoryMetrics } from '../../support/memory/metrics.ts';
import { withAwsEnv } from '../aws-env.ts';

const undo = withAwsEnv({});
const ses = mockClient(SESClient);
beforeEach(() => {
  ses.reset();
  ses.on(GetSendQuotaCommand).resolves({ Max24HourSend: 1000, SentLast24Hours: 1 });
});
afterAll(() => {
  ses.restore();
  undo();
});

const SETTINGS = {
  maxMessageBytes: 1_000_000,
  stage: 'test',
  relay: Settings.shape.relay.parse({}),
};

const watched = () => {
  const lines: string[] = [];
  const metrics = memoryMetrics();
  const ports: RelayPorts = {
    credentials: async () => [],
    log: jsonLog((line) => lines.push(line), 'test'),
    metrics,
  };
  return { lines, metrics, ports };
};

const submit = () => relayAt('ses:', SETTINGS, watched().ports).submit(ENVELOPE);

const said = (name: string, status: number, message = 'of Dr.Berg@clinic.example'): Error =>
  new SESServiceException({
    name,
    message,
    $fault: status < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode: status },
  });

const broken = (name: string, more: Readonly<Record<string, unknown>> = {}, message = 'x'): Error =>
  Object.assign(new Error(message), { name, ...more });

const CONNECT = { code: 'ECONNREFUSED', syscall: 'connect' };
const TOO_LONG = "Message length is more than 10485760 bytes long: '10485761'.";
const CONNECT_TIMEOUT =
  '@smithy/node-http-handler - the request socket did not establish a connection with the server within the configured timeout of 3000 ms.';

describe('what SES says', () => {
  test.each([
    ['Throttling', 400, 'deliver/deferred'],
    ['ThrottlingException', 429, 'deliver/deferred'],
    ['TooManyRequestsException', 429, 'deliver/deferred'],
    ['LimitExceededException', 400, 'deliver/deferred'],
    ['ServiceUnavailable', 503, 'deliver/deferred'],
    ['AccountSendingPausedException', 400, 'deliver/deferred'],
    ['ConfigurationSetSendingPausedException', 400, 'deliver/deferred'],
    ['ConfigurationSetDoesNotExistException', 400, 'deliver/deferred'],
    ['MailFromDomainNotVerifiedException', 400, 'deliver/deferred'],
    ['RequestExpired', 400, 'deliver/deferred'],
    ['AccessDenied', 403, 'deliver/not-authorized'],
    ['AccessDeniedException', 403, 'deliver/not-authorized'],
    ['ExpiredToken', 403, 'deliver/not-authorized'],
    ['ExpiredTokenException', 403, 'deliver/not-authorized'],
    ['IncompleteSignature', 400, 'deliver/not-authorized'],
    ['InvalidClientTokenId', 403, 'deliver/not-authorized'],
    ['MissingAuthenticationToken', 403, 'deliver/not-authorized'],
    ['NotAuthorized', 400, 'deliver/not-authorized'],
    ['OptInRequired', 403, 'deliver/not-authorized'],
    ['SignatureDoesNotMatch', 403, 'deliver/not-authorized'],
    ['UnrecognizedClientException', 403, 'deliver/not-authorized'],
    ['MessageRejected', 400, 'deliver/refused'],
    ['InvalidParameterValue', 400, 'deliver/refused'],
    ['SomethingNew', 400, 'deliver/refused'],
    ['SomethingNew', 429, 'deliver/deferred'],
    // Of a door in front, maybe: what is behind it may have taken the copy.
    ['SomethingNew', 503, 'deliver/unanswered'],
    ['SomethingNew', 413, 'deliver/too-large'],
    ['InternalFailure', 500, 'deliver/unanswered'],
    ['SomethingNew', 502, 'deliver/unanswered'],
    ['constructor', 400, 'deliver/refused'],
  ])('%s (%i): %s', async (name, status, code) => {
    ses.on(SendRawEmailCommand).rejects(said(name, status));
    expect(await submit()).toEqual({
      ok: false,
      failure: { code, detail: `SES ${name} ${status}` },
    });
  });

  test('a message that is too long has no code of its own', async () => {
    ses.on(SendRawEmailCommand).rejects(said('InvalidParameterValue', 400, TOO_LONG));
    expect(await submit()).toMatchObject({ failure: { code: 'deliver/too-large' } });
  });

  test.each([{}, { MessageId: '' }, { MessageId: 'a b' }, { MessageId: 'x'.repeat(201) }])(
    'an answer without an id, %j: the copy is perhaps sent',
    async (answer) => {
      ses.on(SendRawEmailCommand).resolves(answer);
      expect(await submit()).toMatchObject({ failure: { code: 'deliver/unanswered' } });
    },
  );
});

describe('what befalls the connection', () => {
  test.each([
    ['refused', broken('Error', { code: 'ECONNREFUSED', syscall: 'connect' })],
    ['no name', broken('Error', { code: 'ENOTFOUND', syscall: 'getaddrinfo' })],
    ['no route', broken('TimeoutError', { code: 'ETIMEDOUT', syscall: 'connect' })],
    [
      'refused at each address',
      broken('AggregateError', { code: 'X', errors: [CONNECT, CONNECT] }),
    ],
    ['no connection in time', broken('TimeoutError', {}, CONNECT_TIMEOUT)],
    ['another certificate', broken('Error', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' })],
    ['an old certificate', broken('Error', { code: 'CERT_HAS_EXPIRED' })],
    ['a certificate of nobody', broken('Error', { code: 'SELF_SIGNED_CERT_IN_CHAIN' })],
  ])('%s: nothing was written', async (_, error) => {
    ses.on(SendRawEmailCommand).rejects(error);
    expect(await submit()).toMatchObject({ failure: { code: 'deliver/unreachable' } });
  });

  test.each([
    ['reset', broken('TimeoutError', { code: 'ECONNRESET', syscall: 'read' })],
    ['lost at one of two', broken('Error', { errors: [CONNECT, { syscall: 'read' }] })],
    ['broken', broken('TimeoutError', { code: 'EPIPE', syscall: 'write' })],
    ['no answer in time', broken('TimeoutError', { code: 'ETIMEDOUT' })],
    ['an answer that is none', broken('SyntaxError', { $metadata: { httpStatusCode: 200 } })],
    ['nothing that is known', broken('Odd')],
    ['what only looks like nothing written', broken('Odd', { code: 'CERTAINLY' })],
  ])('%s: the copy is perhaps sent', async (_, error) => {
    ses.on(SendRawEmailCommand).rejects(error);
    expect(await submit()).toMatchObject({ failure: { code: 'deliver/unanswered' } });
  });

  test('no credentials: nothing was asked', async () => {
    ses.on(SendRawEmailCommand).rejects(broken('CredentialsProviderError'));
    expect(await submit()).toMatchObject({ failure: { code: 'deliver/not-authorized' } });
  });
});

const asked = (): number => ses.commandCalls(GetSendQuotaCommand).length;

describe('the quota', () => {
  const client = new SESClient({});

  test.each([
    [{ Max24HourSend: 50_000, SentLast24Hours: 12_345 }, 24.7],
    [{ Max24HourSend: 200, SentLast24Hours: 200 }, 100],
    [{ Max24HourSend: -1, SentLast24Hours: 5 }, 0],
    [{ Max24HourSend: 0, SentLast24Hours: 0 }, 100],
  ])('%j: %d percent are used', async (quota, percent) => {
    const { metrics, ports } = watched();
    ses.on(GetSendQuotaCommand).resolves(quota);
    await sesQuotaWatch(client, ports)();
    expect(metrics.of('RelayQuotaUsedPercent')).toEqual([percent]);
  });

  test('is asked for every five minutes at most', async () => {
    let seconds = 0;
    const now = () => new Date(seconds * 1000);
    const watch = sesQuotaWatch(client, { ...watched().ports, now });
    await watch();
    seconds = 299;
    await watch();
    expect(asked()).toBe(1);
    seconds = 300;
    await watch();
    expect(asked()).toBe(2);
  });

  test('that cannot be read is a line in the log, and nobody hears more of it', async () => {
    const { lines, metrics, ports } = watched();
    ses.on(GetSendQuotaCommand).rejects(said('AccessDenied', 403));
    await sesQuotaWatch(client, ports)();
    expect(metrics.of('RelayQuotaUsedPercent')).toEqual([]);
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { level: 'ERROR', event: 'relay-quota-unread' },
    ]);
    expect(lines.join('')).not.toContain('@');
  });
});
