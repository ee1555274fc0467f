import { beforeEach, describe, expect, test } from '@jest/globals';
import type { MessageId } from '../shared/ids.ts';
import { folderOf } from '../shared/notification/channel.ts';
import { voiceOfClient } from '../shared/notification/hisp-voice.ts';
import { dispositionXdr } from '../shared/package/xdr/disposition.ts';
import { requestOf } from '../shared/adapters/xdr/entity.ts';
import type { MessageDisposition } from '../shared/package/xdr/xdr.ts';
import { readAttachedXdm } from '../shared/secure/attached-package.ts';
import { readMime } from '../shared/secure/mime.ts';
import { SENDER, SYSTEM } from './lambdas/http-world.ts';
import { postBytes, TAKEN } from './lambdas/xdr/xdr-world.ts';
import { reportMail } from './notification/notices.ts';
import { address } from './support/memory/partner.ts';
import {
  discharge,
  DOCUMENT,
  kinds,
  readyToShare,
  revoke,
  transmission,
} from './support/one-record.ts';
import { RECIPIENT, type WholePath } from './support/whole-path.ts';
import { valueOf } from './secure/support/people.ts';

const FOLDER = folderOf(voiceOfClient(SYSTEM.subject, { hisp: { clients: [SYSTEM.subject] } }));

/** A record on its way by somebody else's HISP. */
let path: WholePath;

const hispWorld = async (form: 'clear' | 'xdr'): Promise<void> => {
  path = await readyToShare({
    hisp: { clients: [SYSTEM.subject] },
    relay: { routes: { 'direct.clinic.example': 'hisp+smtps://hisp.example' } },
  });
  path.relay.form = form;
  path.relay.endpoint = 'https://hisp.example/xdr';
};

const intent = async () =>
  (await transmission(path)).timeline.find(({ kind }: { kind: string }) => kind === 'intent');

/** As a HISP writes it, unsigned. */
const mdn = async (says: string): Promise<Uint8Array> =>
  Buffer.from(
    reportMail('postmaster@hisp.example', 'disposition-notification', [
      `Final-Recipient: rfc822; ${RECIPIENT}`,
      `Original-Message-ID: <${(await intent()).messageId}>`,
      `Disposition: automatic-action/MDN-sent-automatically; ${says}`,
    ]),
  );

describe('a record that goes to a HISP in clear', () => {
  beforeEach(() => hispWorld('clear'));

  test('is handed over whole, asks no directory, and is delivered when the HISP says so', async () => {
    await discharge(path);
    expect(path.directory.asked).toEqual([]);
    const [copy] = path.relay.taken;
    expect([copy?.from, copy?.to]).toEqual([SENDER, RECIPIENT]);
    const { documents } = valueOf(readAttachedXdm(valueOf(readMime(copy!.bytes))));
    expect(documents.map(({ bytes }) => Buffer.from(bytes))).toEqual([Buffer.from(DOCUMENT)]);
    expect(await transmission(path)).toMatchObject({ status: 'sent' });

    await path.deliverMail(await mdn('processed'), FOLDER);
    const shown = await transmission(path);
    expect(shown.status).toBe('delivered');
    expect(kinds(shown)).toEqual(['requested', 'intent', 'accepted', 'confirmed', 'ended']);
    expect(shown.timeline[1].sentence).toContain(
      "another organisation's mail service, which finds and checks the recipient and encrypts",
    );
    expect(shown.timeline[2].sentence).toContain('the mail service of another organisation');
  });

  test('is not delivered by the same words when anybody sends them', async () => {
    await discharge(path);
    await path.deliverMail(await mdn('processed'), 'received/');
    await path.deliverMail(await mdn('processed'), 'posted/');
    expect(await transmission(path)).toMatchObject({ status: 'sent' });
    expect(path.metrics.of('OrphanNotice')).toEqual([1, 1]);
  });

  test('notification/hisp-failed: ends when the HISP gives it up', async () => {
    await discharge(path);
    await path.deliverMail(await mdn('failed'), FOLDER);
    expect(await transmission(path)).toMatchObject({
      status: 'failed',
      code: 'notification/hisp-failed',
    });
  });

  test('notification/hisp-silent: ends when the HISP says nothing, and a later word is late', async () => {
    await discharge(path);
    await path.sweepAt('2026-11-22T13:00:00Z');
    expect(await transmission(path)).toMatchObject({ code: 'notification/hisp-silent' });
    await path.deliverMail(await mdn('dispatched'), FOLDER);
    const shown = await transmission(path);
    expect([shown.status, kinds(shown).at(-1)]).toEqual(['failed', 'late-notice']);
  });
});

/** What the HISP says at our door. */
const tell = async (disposition: MessageDisposition['disposition'], as = SYSTEM) => {
  const { messageId } = await intent();
  const said = { recipient: address(RECIPIENT), disposition };
  const { contentType, body } = requestOf(
    dispositionXdr(said, {
      messageId: 'told@hisp.example' as MessageId,
      relatesTo: `mid:${messageId}`,
      from: address(RECIPIENT),
      to: address(SENDER),
      endpoint: 'https://holder.example/v1/xdr',
    }),
  );
  return postBytes(path, contentType, body, as);
};

describe('a record that goes to a HISP by XDR', () => {
  beforeEach(() => hispWorld('xdr'));

  test('is delivered when the HISP says so at our door', async () => {
    await discharge(path);
    expect(await transmission(path)).toMatchObject({ status: 'sent' });
    expect(await tell('success')).toMatchObject(TAKEN);
    const shown = await transmission(path);
    expect([shown.status, kinds(shown).at(-2)]).toEqual(['delivered', 'confirmed']);
    const said = path.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(said.findLast(({ event }) => event === 'disposition-recorded')).toMatchObject({
      transmissionId: shown.id,
      status: 'delivered',
    });
  });

  test('notification/hisp-failed: ends when it says that it failed', async () => {
    await discharge(path);
    expect(await tell('failure')).toMatchObject(TAKEN);
    expect(await transmission(path)).toMatchObject({ code: 'notification/hisp-failed' });
  });

  test('notification/unauthenticated: does not, when a client says so that is no HISP', async () => {
    await discharge(path);
    expect(await tell('success', { ...SYSTEM, subject: 'ehr' })).not.toMatchObject(TAKEN);
    expect(await transmission(path)).toMatchObject({ status: 'sent' });
  });
});

const inTenMinutes = () => path.sweepAt('2026-11-22T12:12:00Z');

describe.each(['clear', 'xdr'] as const)(
  'a copy of which it is not known whether a HISP has it (%s)',
  (form) => {
    beforeEach(async () => {
      await hispWorld(form);
      path.relay.behave('takes-without-answer');
      await discharge(path);
      path.relay.behave('takes');
    });

    test('is repeated byte for byte', async () => {
      expect(await transmission(path)).toMatchObject({ status: 'uncertain' });
      await inTenMinutes();
      const [first, second, ...others] = path.relay.taken;
      expect(Buffer.compare(first!.bytes, second!.bytes)).toBe(0);
      expect([await transmission(path), others]).toMatchObject([{ status: 'sent' }, []]);
    });

    test('is settled by its word, and not repeated', async () => {
      await path.deliverMail(await mdn('processed'), FOLDER);
      await inTenMinutes();
      expect(path.relay.taken).toHaveLength(1);
      expect(await transmission(path)).toMatchObject({ status: 'delivered' });
    });

    test('is not repeated after a revocation', async () => {
      await revoke(path);
      await inTenMinutes();
      expect(path.relay.taken).toHaveLength(1);
    });

    test('deliver/other-way: is given to no other relay, which would pass it on as it is', async () => {
      path.relay.form = 'sealed';
      await inTenMinutes();
      expect(path.relay.taken).toHaveLength(1);
      const shown = await transmission(path);
      expect(shown.timeline.at(-1)).toMatchObject({ kind: 'deferred', code: 'deliver/other-way' });
      expect(shown.status).toBe('uncertain');

      path.relay.form = form;
      await path.sweepAt('2026-11-22T12:30:00Z');
      expect(path.relay.taken).toHaveLength(2);
    });
  },
);

test('deliver/other-way: what we sealed is not given to a HISP that would seal it again', async () => {
  await hispWorld('clear');
  path.relay.form = 'sealed';
  path.relay.behave('takes-without-answer');
  await discharge(path);
  path.relay.behave('takes');
  path.relay.form = 'clear';
  await path.sweepAt('2026-11-22T12:12:00Z');
  expect(path.relay.taken).toHaveLength(1);
  await path.sweepAt('2026-11-25T12:00:00Z');
  expect(await transmission(path)).toMatchObject({ code: 'deliver/unresolved' });
});
