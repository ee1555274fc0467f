import { beforeEach, describe, expect, test } from '@jest/globals';
import { later } from '../../../shared/clock.ts';
import type { LogFields } from '../../../shared/log.ts';
import type { ResourceAnswer } from '../../../shared/resource-answer.ts';
import type { AnchorStore } from '../../../shared/trust/bundle/anchor-store.ts';
import { makeHandler, type RefreshTrustPorts } from '../../../lambdas/refresh-trust/handler.ts';
import { PKIX } from '../../../shared/discover/dns-cert.ts';
import type { DirectAddress } from '../../../shared/ids.ts';
import { memoryDirectory, type MemoryDirectory } from '../../support/memory/directory.ts';
import { memoryLdap } from '../../support/memory/ldap.ts';
import { cachedAuthority, issueQuickly } from '../../support/pki.ts';
import { memoryAnchors } from '../../support/memory/anchor-store.ts';
import { memoryFetch, type MemoryFetch } from '../../support/memory/fetch.ts';
import { p7b } from '../../trust/bundle/support/bundles.ts';
import { bundleWorld, type BundleWorld } from '../../trust/bundle/support/world.ts';

const AT = 'https://bundles.example/';
const bundles = ['first', 'second', 'third'].map((name) => ({ name, url: AT + name }));

let world: BundleWorld;
let web: MemoryFetch;
let directory: MemoryDirectory;
let store: AnchorStore;
let now: Date;
let lines: (readonly [level: string, event: string, fields: LogFields | undefined])[];
let metrics: string[];
let answers: ResourceAnswer[];
beforeEach(async () => {
  world = await bundleWorld();
  web = memoryFetch();
  store = memoryAnchors();
  now = new Date('2026-03-01T12:00:00Z');
  lines = [];
  metrics = [];
  answers = [];
  directory = memoryDirectory();
});

const NOTHING = { anchors: [], bundles: [], senders: [], trust: { domains: {} } };

const portsWith = (settings: Partial<RefreshTrustPorts['settings']>): RefreshTrustPorts => ({
  directory,
  ldap: memoryLdap(),
  fetch: web.fetch,
  store,
  settings: { ...NOTHING, ...settings },
  now: () => now,
  log: {
    info: (event, fields) => void lines.push(['info', event, fields]),
    error: (event, fields) => void lines.push(['error', event, fields]),
  },
  metrics: { put: (name, value) => void metrics.push(`${name} ${value}`) },
  bring: async (_, answer) => void answers.push(answer),
});

const run = (
  settings: Partial<RefreshTrustPorts['settings']> = { bundles },
  event: object = {},
): Promise<void> =>
  makeHandler(portsWith(settings))(event, { getRemainingTimeInMillis: () => 600_000 });

const anchorsOf = async (name: string): Promise<number | undefined> =>
  (await store.read(name))?.anchors.length;

describe('the daily refresh', () => {
  beforeEach(() => {
    web.set(`${AT}first`, world.plain);
    web.set(`${AT}second`, world.plain);
    web.set(`${AT}third`, p7b([world.one.certificate]));
  });

  test('fetches every bundle and says of each how it went, in our own words', async () => {
    await run();
    expect(lines).toEqual([
      ['info', 'bundle-refreshed', { bundle: 'first', count: 2, ageSeconds: 0 }],
      ['info', 'bundle-refreshed', { bundle: 'second', count: 2, ageSeconds: 0 }],
      ['info', 'bundle-refreshed', { bundle: 'third', count: 1, ageSeconds: 0 }],
    ]);
    expect(metrics).toEqual(Array.from({ length: 3 }, () => 'BundleAgeSeconds 0'));
  });

  test('goes on when one bundle fails, and says how old is what stays', async () => {
    await run();
    lines = [];
    now = later(now, 86_400);
    web.break(`${AT}first`, 'unreachable');
    web.set(`${AT}second`, p7b([world.two.certificate]));
    await run();
    const code = 'trust/bundle-unreachable';
    expect(lines.slice(0, 2)).toEqual([
      ['error', 'bundle-unrefreshed', { bundle: 'first', count: 2, ageSeconds: 86_400, code }],
      ['info', 'bundle-refreshed', { bundle: 'second', count: 1, ageSeconds: 0 }],
    ]);
    expect([await anchorsOf('first'), await anchorsOf('second')]).toEqual([2, 1]);
  });

  test('goes on when the store fails for one', async () => {
    const memory = store;
    store = {
      ...memory,
      read: async (name) => {
        if (name === 'first') throw new Error(`${name} at patient@clinic.example`);
        return memory.read(name);
      },
    };
    await run();
    const errorName = expect.stringMatching(/^Error at refresh-trust\.test\.ts:\d+:\d+$/);
    expect(lines[0]).toEqual(['error', 'bundle-unrefreshed', { bundle: 'first', errorName }]);
    expect(await anchorsOf('third')).toBe(1);
  });
});

const deployed = (type: 'Create' | 'Update' | 'Delete') => ({
  RequestType: type,
  ResponseURL: 'https://s3.amazonaws.com/x',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'Refreshed',
});

describe('when bundles are deployed', () => {
  test.each(['Create', 'Update'] as const)('they count at once: %s', async (type) => {
    web.set(`${AT}first`, world.plain);
    await run({ bundles: bundles.slice(0, 1) }, deployed(type));
    expect(await anchorsOf('first')).toBe(2);
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
  });

  test('one that cannot be had is told of, and stops no deployment', async () => {
    web.set(`${AT}second`, world.plain);
    await run({ bundles: bundles.slice(0, 2) }, deployed('Create'));
    expect(lines).toContainEqual([
      'error',
      'bundle-unrefreshed',
      { bundle: 'first', count: 0, code: 'trust/bundle-unreachable' },
    ]);
    expect(await anchorsOf('second')).toBe(2);
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
  });

  test('nobody looks for our own certificates: that has its hour', async () => {
    await run({ senders: [sender('records@holder.example')] }, deployed('Create'));
    expect(metrics).toEqual([]);
  });

  test('nothing is fetched when they are taken out', async () => {
    web.set(`${AT}first`, world.plain);
    await run({ bundles: bundles.slice(0, 1) }, deployed('Delete'));
    expect(await anchorsOf('first')).toBeUndefined();
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
  });
});

const sender = (address: string) => ({
  address: address as DirectAddress,
  name: 'Holder',
  organizationOid: '2.999.1',
  contact: 'x',
});

describe('the daily look at our own addresses', () => {
  const senders = [sender('records@holder.example'), sender('lab@holder.example')];

  test('measures whether strangers find a certificate that they trust, and how long it lasts', async () => {
    const authority = await cachedAuthority();
    const { certificate } = await issueQuickly(authority, {
      address: 'records@holder.example',
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2026-04-01T12:00:00Z'),
    });
    directory.set('records.holder.example', [{ type: PKIX, data: certificate }]);
    await run({ anchors: [authority.certificatePem], senders });

    expect(metrics.toSorted()).toEqual([
      'OwnCertificateDaysLeft 31',
      'OwnCertificateFindable 0',
      'OwnCertificateFindable 1',
    ]);
    expect(lines.toSorted(([one], [other]) => one.localeCompare(other))).toEqual([
      ['error', 'own-certificate-unusable', { code: 'discover/no-certificate' }],
      ['info', 'own-certificate-found', { count: 1 }],
    ]);
  });

  test('goes by the anchors of bundles that were fetched just before', async () => {
    web.set(`${AT}first`, p7b([world.one.certificate]));
    const { certificate } = await issueQuickly(world.one, {
      address: 'records@holder.example',
      notBefore: new Date('2026-01-01T00:00:00Z'),
    });
    directory.set('records.holder.example', [{ type: PKIX, data: certificate }]);
    await run({ bundles: bundles.slice(0, 1), senders: senders.slice(0, 1) });
    expect(metrics).toContain('OwnCertificateFindable 1');
  });

  test('reads the anchors once for all addresses', async () => {
    web.set(`${AT}first`, p7b([world.one.certificate]));
    const memory = store;
    const read: string[] = [];
    store = { ...memory, read: (name) => (read.push(name), memory.read(name)) };
    await run({ bundles: bundles.slice(0, 1), senders });
    expect(read).toEqual(['first', 'first']);
    expect(metrics.filter((each) => each === 'OwnCertificateFindable 0')).toHaveLength(2);
  });

  test('measures nothing when it cannot look: an alarm takes that for the worst', async () => {
    store = { ...store, read: () => Promise.reject(new Error('records@holder.example')) };
    await run({ bundles: bundles.slice(0, 1), senders: senders.slice(0, 1) });
    expect(metrics).toEqual([]);
    const errorName = expect.stringMatching(/^Error at refresh-trust\.test\.ts:\d+:\d+$/);
    expect(lines.at(-1)).toEqual(['error', 'own-certificate-unusable', { errorName }]);
  });
});

test('a signer that cannot be read stops the function before anything is fetched', () => {
  const ports = portsWith({ bundles: [{ ...bundles[0]!, signer: 'x' }] });
  expect(() => makeHandler(ports)).toThrow('bundles.0.signer');
});
