import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PARTNER_DOMAIN } from '../../infra/local/certificates/identities.ts';
import { startLocalSystem, type LocalSystem } from '../../infra/local/local-system.ts';
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

const SUBMISSION = 'submission.example.net';
const XDR = 'xdr.example.net';

/** Mailboxes are named for what becomes of their mail, at the partner's and at the HISP's. */
const MAILBOXES = [
  [`anna@${PARTNER_DOMAIN}`, 'delivered', undefined],
  [`silent@${PARTNER_DOMAIN}`, 'failed', 'deliver/probe-failed'],
  [`failed@${PARTNER_DOMAIN}`, 'failed', 'deliver/probe-failed'],
  [`anna@${SUBMISSION}`, 'delivered', undefined],
  [`failed@${SUBMISSION}`, 'failed', 'notification/hisp-failed'],
  [`undeliverable@${SUBMISSION}`, 'failed', 'deliver/bounced'],
  [`silent@${SUBMISSION}`, 'failed', 'notification/hisp-silent'],
  [`refuse@${SUBMISSION}`, 'failed', 'deliver/refused'],
  [`busy@${SUBMISSION}`, 'failed', 'deliver/deferred'],
  [`anna@${XDR}`, 'delivered', undefined],
  [`failed@${XDR}`, 'failed', 'notification/hisp-failed'],
  [`silent@${XDR}`, 'failed', 'notification/hisp-silent'],
  [`refuse@${XDR}`, 'failed', 'deliver/refused'],
  [`busy@${XDR}`, 'failed', 'deliver/deferred'],
] as const;

const takenAt = (domain: string): readonly string[] =>
  MAILBOXES.map(([address]) => address).filter(
    (address) => address.endsWith(domain) && !/^refuse|^busy/.test(address),
  );

/** The real functions on real engines, seen through the API and from the other end. */
describeWith(
  ['java', 'time'],
  'on the local system a copy leaves by the relay of its domain',
  () => {
    let system: LocalSystem;
    let sharer: Sharer;

    beforeAll(async () => {
      system = await startLocalSystem({
        settings: { deadlines: DEADLINES, firstContact: 'probe' },
        minuteLastsSeconds: 1,
        routes: { [PARTNER_DOMAIN]: 'ses', [SUBMISSION]: 'hisp-smtp', [XDR]: 'hisp-xdr' },
      });
      sharer = await newSharer(system);
    }, 150_000);

    afterAll(() => system?.close(), 30_000);

    test('and ends as those say who have it', async () => {
      const endings = await Promise.all(
        MAILBOXES.map(async ([address]) => {
          const copies = await sharer.copies(await sharer.share(address));
          const copy = copies.find(({ isProbe }) => !isProbe);
          return [address, copy?.status, copy?.code];
        }),
      );
      expect(endings).toEqual(MAILBOXES);
    }, 150_000);

    test('sealed to the partner, in clear and by XDR to somebody else’s HISP', () => {
      const { partner, edge, ses } = system;
      expect(ses.sent).toHaveLength(4);
      const minded = partner.received.map(({ problems }) => problems);
      const mailFrom = ['envelope: MAIL FROM is not the From of the message'];
      expect(minded).toEqual([mailFrom, mailFrom, mailFrom, mailFrom]);
      const handed = edge.received.filter(({ refusedFor }) => refusedFor.length === 0);
      const recipientsBy = (by: 'smtp' | 'xdr') => [
        ...new Set(handed.flatMap((each) => (each.by === by ? (each.copy?.recipients ?? []) : []))),
      ];
      expect(recipientsBy('smtp').toSorted()).toEqual(takenAt(SUBMISSION).toSorted());
      expect(
        recipientsBy('xdr')
          .filter((each) => !each.startsWith('busy'))
          .toSorted(),
      ).toEqual(takenAt(XDR).toSorted());
    });

    test('and whom the partner does not know gets no health data, nor does who says nothing', () => {
      const got = system.partner.received.map(({ recipients: [to = ''], opened }) => {
        const [mailbox] = to.split('@');
        return `${mailbox}: ${opened?.xdm ? 'record' : opened?.subject}`;
      });
      expect(got.toSorted()).toEqual([
        'anna: Address check',
        'anna: record',
        'failed: Address check',
        'silent: Address check',
      ]);
    });

    test('and what it had to say was believed, for it said it by its own client', () => {
      const { told } = system.edge;
      expect(told.map(({ by, answer }) => `${by} ${answer}`).toSorted()).toEqual([
        'mail 202',
        'mail 202',
        'mail 202',
        'xdr success',
        'xdr success',
      ]);
    });
  },
);
