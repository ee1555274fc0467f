import { afterEach, expect, test } from '@jest/globals';
import { startInboundSmtp, type InboundSmtp } from '../../infra/local/world/inbound-smtp.ts';
import { PARTNER_DOMAIN } from '../../infra/local/certificates/identities.ts';
import { startLocalSystem, type LocalSystem } from '../../infra/local/local-system.ts';
import { smtpRelay } from '../../shared/adapters/smtp-relay.ts';
import { readMime, headerOf } from '../../shared/secure/mime.ts';
import { describeWith } from '../support/needs.ts';
import { address } from '../support/memory/partner.ts';
import { newSharer } from './share.ts';

const DEADLINES = {
  leaseSeconds: 3,
  processedWithinSeconds: 30,
  dispatchedWithinSeconds: 30,
  retryForSeconds: 60,
  retryAfterSeconds: [1],
  uncertainGraceSeconds: 3,
  doorbellLostAfterSeconds: 3,
};

const messageIdOf = (raw: Uint8Array): string | undefined => {
  const entity = readMime(raw);
  return entity.ok ? headerOf(entity.value, 'message-id') : undefined;
};

describeWith(
  ['java', 'time'],
  'a sender that is killed after its intent and before the relay’s answer',
  () => {
    let system: LocalSystem;
    let relay: InboundSmtp;

    afterEach(async () => {
      await system.close();
      await relay.close();
    }, 30_000);

    /** A relay whose first message kills the worker that brings it; it passes on what `passesOn` lets through. */
    async function start(passesOn: (count: number) => boolean): Promise<Uint8Array[]> {
      const taken: Uint8Array[] = [];
      relay = await startInboundSmtp({
        accept: () => true,
        async deliver(raw, [to = ''], from) {
          taken.push(raw);
          if (taken.length === 1) await system.killWorkers('send-transmission');
          if (!passesOn(taken.length)) return;
          const partner = smtpRelay(`smtp://${system.partner.address}`);
          await partner.submit({ from: address(from), to: address(to), bytes: raw });
        },
      });
      system = await startLocalSystem({
        settings: { deadlines: DEADLINES },
        relayUrl: `smtp://${relay.address}`,
        minuteLastsSeconds: 1,
      });
      return taken;
    }

    const deliveredCopy = async () => {
      const sharer = await newSharer(system);
      const [copy] = await sharer.copies(await sharer.share(`dr.lopez@${PARTNER_DOMAIN}`));
      expect(copy).toMatchObject({ status: 'delivered' });
      return copy?.timeline.map(({ kind }) => kind);
    };

    test('sends the same bytes with the same Message-ID again when no notice settles it', async () => {
      const taken = await start((count) => count > 1);
      expect(await deliveredCopy()).toEqual(
        expect.arrayContaining(['intent', 'uncertain', 'accepted', 'processed', 'dispatched']),
      );
      expect(taken).toHaveLength(2);
      expect(Buffer.compare(taken[0]!, taken[1]!)).toBe(0);
      expect(messageIdOf(taken[1]!)).toMatch(/^<.+>$/);
    }, 150_000);

    test('sends nothing again when the notices of the first copy settle it', async () => {
      const taken = await start((count) => count === 1);
      expect(await deliveredCopy()).not.toContain('accepted');
      expect(taken).toHaveLength(1);
    }, 150_000);
  },
);
