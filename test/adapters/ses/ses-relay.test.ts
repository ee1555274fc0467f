import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startInboundSmtp, type InboundSmtp } from '../../../infra/local/world/inbound-smtp.ts';
import {
  startSesEndpoint,
  type Mishap,
  type SesEndpoint,
} from '../../../infra/local/world/ses/ses-endpoint.ts';
import { SesRefused } from '../../../infra/local/world/ses/ses-request.ts';
import { relayAt, type RelayPorts } from '../../../shared/adapters/relays.ts';
import type { Envelope, Relay } from '../../../shared/deliver/relay.ts';
import type { TransmissionId } from '../../../shared/ids.ts';
import { jsonLog } from '../../../shared/log.ts';
import type { Metrics } from '../../../shared/metrics.ts';
import { Settings } from '../../../shared/settings.ts';
import { ENVELOPE, relayContract, type RelayDoes } from '../../contracts/relay.ts';
import { memoryMetrics } from '../../support/memory/metrics.ts';
import { freePort } from '../../support/servers/free-port.ts';
import { withAwsEnv } from '../aws-env.ts';

const SETTINGS = {
  maxMessageBytes: 40_000_000,
  stage: 'test',
  relay: Settings.shape.relay.parse({}),
};

let next: InboundSmtp;
beforeAll(async () => {
  next = await startInboundSmtp({ accept: () => true, deliver: async () => undefined });
});
afterAll(() => next.close());

const undoing: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of undoing.splice(0).toReversed()) await undo();
});

/** As the API names each, with words that name the recipient. */
const MISHAPS: Readonly<Record<Exclude<RelayDoes, 'is-unreachable'>, Mishap | undefined>> = {
  takes: undefined,
  refuses: new SesRefused('MessageRejected', 'Not verified: Dr.Berg@clinic.example'),
  defers: new SesRefused('Throttling', 'Daily message quota exceeded for Dr.Berg@clinic.example'),
  'rejects-credentials': new SesRefused('InvalidClientTokenId', 'Not holder.example', 403),
  'takes-without-answer': 'hang-up',
};

const PORTS: RelayPorts = {
  credentials: async () => [],
  log: jsonLog(() => undefined, 'test'),
  metrics: memoryMetrics(),
};

interface Opening {
  /** Instead of that of the local SES. */
  readonly at?: string | undefined;
  readonly metrics?: Metrics;
}

async function open({ at, metrics = PORTS.metrics }: Opening = {}): Promise<{
  readonly relay: Relay;
  readonly ses: SesEndpoint;
}> {
  const ses = await startSesEndpoint({ relayTo: next.address });
  undoing.push(() => ses.close());
  undoing.push(withAwsEnv({ AWS_ENDPOINT_URL_SES: at ?? ses.endpoint }));
  return { relay: relayAt('ses:', SETTINGS, { ...PORTS, metrics }), ses };
}

relayContract('the SES relay', async (behaviour) => {
  const isThere = behaviour !== 'is-unreachable';
  const nobody = isThere ? undefined : `http://127.0.0.1:${await freePort()}`;
  const { relay, ses } = await open({ at: nobody });
  const taken: Envelope[] = [];
  ses.behave(({ source: from, destinations, raw: bytes }) => {
    const mishap = isThere ? MISHAPS[behaviour] : undefined;
    const isTaken = mishap === undefined || mishap === 'hang-up';
    if (isTaken) taken.push(...destinations.map((to) => ({ from, to, bytes })));
    return mishap;
  });
  return { relay, taken, close: async () => undefined };
});

const COPY = { transmissionId: `tx_${'a'.repeat(26)}` as TransmissionId, attempt: 3 };

describe('a hand-over to SES', () => {
  test('names the configuration set of the stage, the copy and the attempt', async () => {
    const { relay, ses } = await open();
    await relay.submit({ ...ENVELOPE, copy: COPY });
    expect(ses.sent).toMatchObject([
      {
        configurationSet: 'direct-transmit-test',
        tags: { transmission: COPY.transmissionId, attempt: '3' },
      },
    ]);
  });

  test('answers all names under which SES and peers will speak of the copy', async () => {
    const { relay, ses } = await open();
    const submitted = await relay.submit(ENVELOPE);
    const id = ses.sent[0]?.messageId;
    expect(submitted).toEqual({
      ok: true,
      value: {
        receipt: id,
        knownAs: [id, `${id}@email.amazonses.com`, `${id}@us-east-1.amazonses.com`],
      },
    });
  });

  test('is asked for once, whatever SES answers', async () => {
    const { relay, ses } = await open();
    let asked = 0;
    ses.behave(() => {
      asked += 1;
      return new SesRefused('ServiceUnavailable', 'Later', 503);
    });
    expect(await relay.submit(ENVELOPE)).toMatchObject({ failure: { code: 'deliver/deferred' } });
    expect(asked).toBe(1);
  });

  test('is of at most what SES takes, and of no more than the settings say', async () => {
    const { relay } = await open();
    expect(relay.maxMessageBytes).toBe(10 * 1024 * 1024 - 16 * 1024);
    expect(relayAt('ses:', { ...SETTINGS, maxMessageBytes: 99 }, PORTS).maxMessageBytes).toBe(99);
  });

  test('arrives as it was made when it is as long as may be', async () => {
    const { relay, ses } = await open();
    const bytes = Buffer.alloc(relay.maxMessageBytes, 'From: x\r\n\r\n+/=&%.\r\n');
    expect(await relay.submit({ ...ENVELOPE, bytes })).toMatchObject({ ok: true });
    expect(Buffer.from(ses.sent[0]?.raw ?? []).equals(bytes)).toBe(true);
  });

  test('deliver/too-large: SES takes less than it was expected to', async () => {
    const { relay } = await open();
    const bytes = Buffer.alloc(10 * 1024 * 1024 + 1, 'x');
    expect(await relay.submit({ ...ENVELOPE, bytes })).toEqual({
      ok: false,
      failure: { code: 'deliver/too-large', detail: 'SES InvalidParameterValue 400' },
    });
  });
});

test('the quota of SES is told after a hand-over, which does not wait for it', async () => {
  const { promise: told, resolve } = Promise.withResolvers<readonly [string, number]>();
  const { relay } = await open({ metrics: { put: (...metric) => resolve(metric) } });
  expect(await relay.submit(ENVELOPE)).toMatchObject({ ok: true });
  expect(await told).toEqual(['RelayQuotaUsedPercent', 0]);
});

test.each(['ses://us-east-1', 'ses:?region=x'])('%s is no URL of SES', (url) => {
  expect(() => relayAt(url, SETTINGS, PORTS)).toThrow('ses: and nothing more');
});
