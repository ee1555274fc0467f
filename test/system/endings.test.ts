import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PARTNER_DOMAIN } from '../../infra/local/certificates/identities.ts';
import { startLocalSystem, type LocalSystem } from '../../infra/local/local-system.ts';
import { issue } from '../../infra/local/certificates/authority.ts';
import { describeWith } from '../support/needs.ts';
import { newSharer, type Sharer } from './share.ts';

/** Short, but long enough for functions that start on a busy machine: patience must not run out before they do. */
const DEADLINES = {
  processedWithinSeconds: 15,
  dispatchedWithinSeconds: 15,
  retryForSeconds: 20,
  retryAfterSeconds: [2],
  uncertainGraceSeconds: 2,
  unresolvedAfterSeconds: 25,
  doorbellLostAfterSeconds: 5,
};

/** Mailboxes of the partner are named for what it does with their mail. */
const MAILBOXES = [
  ['anna', 'delivered', undefined],
  ['silent', 'failed', 'notification/not-processed'],
  ['processed-only', 'failed', 'notification/no-final-confirmation'],
  ['failed', 'failed', 'notification/recipient-failed'],
  ['refuse', 'failed', 'deliver/refused'],
  ['busy', 'failed', 'deliver/deferred'],
  ['hang', 'failed', 'deliver/unresolved'],
] as const;

/** The real functions on real engines, seen through the API only. */
describeWith(['java', 'time'], 'on the local system every copy ends with its code', () => {
  let system: LocalSystem;
  let sharer: Sharer;

  beforeAll(async () => {
    system = await startLocalSystem({ settings: { deadlines: DEADLINES }, minuteLastsSeconds: 1 });
    sharer = await newSharer(system);
  }, 150_000);

  afterAll(() => system.close(), 30_000);

  const endOf = async (localPart: string, domain = PARTNER_DOMAIN) => {
    const [copy] = await sharer.copies(await sharer.share(`${localPart}@${domain}`));
    return copy;
  };

  test('by what the relay and the partner do', async () => {
    const endings = await Promise.all(
      MAILBOXES.map(async ([localPart]) => {
        const copy = await endOf(localPart);
        return [localPart, copy?.status, copy?.code];
      }),
    );
    expect(endings).toEqual(MAILBOXES);
  }, 150_000);

  test('by what is published for the recipient', async () => {
    const { partner, holder } = system.identities;
    const past = { notBefore: new Date('2024-01-01'), notAfter: new Date('2025-01-01') };
    const publish = async (domain: string, options: object, authority = partner.authority) => {
      const { certificate } = await issue(authority, { domain, ...options });
      system.dns.set(domain, [certificate]);
    };
    await publish('expired.example.net', past);
    await publish('elsewhere.example.net', { domain: 'other.example.net' });
    await publish('stranger.example.net', {}, holder.authority);
    const codes = await Promise.all(
      ['expired', 'elsewhere', 'stranger', 'nothing'].map(async (name) => {
        const copy = await endOf('dr', `${name}.example.net`);
        return copy?.code;
      }),
    );
    expect(codes).toEqual([
      'trust/expired',
      'trust/wrong-address',
      'trust/no-anchor',
      'discover/no-certificate',
    ]);
  }, 150_000);
});
