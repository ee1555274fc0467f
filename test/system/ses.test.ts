import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PARTNER_DOMAIN } from '../../infra/local/certificates/identities.ts';
import { startLocalSystem, type LocalSystem } from '../../infra/local/local-system.ts';
import { SesRefused } from '../../infra/local/world/ses/ses-request.ts';
import { describeWith } from '../support/needs.ts';
import { newSharer, type Sharer } from './share.ts';

const DEADLINES = {
  processedWithinSeconds: 15,
  dispatchedWithinSeconds: 15,
  retryForSeconds: 60,
  retryAfterSeconds: [1],
  // What would be sent again is a second copy, and the test would see it.
  uncertainGraceSeconds: 2,
  doorbellLostAfterSeconds: 5,
};

const addressOf = (localPart: string): string => `${localPart}@${PARTNER_DOMAIN}`;

describeWith(['java', 'time'], 'with SES as the relay', () => {
  let system: LocalSystem;
  let sharer: Sharer;

  beforeAll(async () => {
    system = await startLocalSystem({
      relay: 'ses',
      settings: { deadlines: DEADLINES },
      minuteLastsSeconds: 1,
    });
    sharer = await newSharer(system);
    const throttled = new Set<string>();
    system.ses.behave(({ destinations: [to = addressOf('nobody')] }) => {
      if (to === addressOf('lost')) return 'hang-up';
      if (to === addressOf('harmful')) return 'reject';
      if (to !== addressOf('throttled') || throttled.has(to)) return undefined;
      throttled.add(to);
      return new SesRefused('Throttling', 'Maximum sending rate exceeded.');
    });
  }, 150_000);

  afterAll(() => system.close(), 30_000);

  const endOf = async (localPart: string) => {
    const address = addressOf(localPart);
    const [copy] = await sharer.copies(await sharer.share(address));
    const times = system.ses.sent.filter(({ destinations }) => `${destinations[0]}` === address);
    return {
      status: copy?.status,
      code: copy?.code,
      times: times.length,
      happened: copy?.timeline.map(({ kind }) => kind),
    };
  };

  test.each([
    ['anna', { status: 'delivered', code: undefined, times: 1 }],
    ['throttled', { status: 'delivered', code: undefined, times: 1 }],
    // The partner refuses it of SES, which says so in an event.
    ['refuse', { status: 'failed', code: 'deliver/bounced', times: 1 }],
    ['harmful', { status: 'failed', code: 'deliver/bad-content', times: 1 }],
    // An event says that SES has it, or the recipient does: so it is not sent again.
    ['lost', { status: 'delivered', code: undefined, times: 1 }],
  ] as const)(
    'a copy to %s ends as it should',
    async (localPart, end) => {
      expect(await endOf(localPart)).toMatchObject(end);
    },
    120_000,
  );

  test('the copies are those of the stage, each under its own tags', () => {
    const tags = system.ses.sent.map((each) => each.tags['transmission']);
    expect(new Set(tags).size).toBe(system.ses.sent.length);
    expect(system.ses.sent.map((each) => each.configurationSet)).toEqual(
      tags.map(() => 'direct-transmit-local'),
    );
  });
});
