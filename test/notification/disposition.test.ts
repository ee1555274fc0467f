import { beforeEach, describe, expect, test } from '@jest/globals';
import type { DirectAddress } from '../../shared/ids.ts';
import { receiveDisposition } from '../../shared/notification/receive-disposition.ts';
import type { MessageDisposition, XdrRequest } from '../../shared/package/xdr/xdr.ts';
import { RECIPIENT } from '../support/whole-path.ts';
import { noticeWorld, type NoticeWorld } from './notices.ts';

const HISP = 'hisp-client';

let world: NoticeWorld;
beforeEach(async () => {
  world = await noticeWorld('clear');
});

interface Report extends Partial<MessageDisposition> {
  readonly relatesTo?: string | undefined;
  readonly client?: string;
  readonly domains?: readonly string[];
  readonly contents?: XdrRequest['contents'];
}

/** The last fact then, or why nothing was heard. */
async function report({ client = HISP, domains, contents, ...rest }: Report = {}): Promise<string> {
  const { recipient = RECIPIENT as DirectAddress, disposition = 'success' } = rest;
  const relatesTo = 'relatesTo' in rest ? rest.relatesTo : `mid:${world.about}`;
  const said: MessageDisposition = { recipient, disposition };
  const request: XdrRequest = {
    messageId: 'urn:uuid:1',
    isMtom: false,
    addressing: {
      to: [],
      wantsFinalDelivery: false,
      ...(relatesTo !== undefined && { relatesTo }),
    },
    contents: contents ?? { kind: 'disposition', said },
  };
  const { settings, ...ports } = world.path.ports;
  const heard = await receiveDisposition(request, client, {
    ...ports,
    settings: {
      ...settings,
      hisp: { clients: [domains ? { subject: HISP, domains: [...domains] } : HISP] },
    },
  });
  return heard.ok ? heard.value.history.facts.at(-1)!.kind : heard.failure.code;
}

const quietly = async (code: string, said: Report) => {
  const before = await world.facts();
  expect(await report(said)).toBe(code);
  expect(await world.facts()).toEqual(before);
};

describe('a disposition that a HISP tells by XDR', () => {
  test('`success` confirms the delivery', async () => {
    expect(await report()).toBe('ended');
    expect((await world.facts()).slice(-2)).toMatchObject([
      { kind: 'confirmed' },
      { kind: 'ended', end: 'delivered' },
    ]);
  });

  test('notification/hisp-failed: `failure` ends the copy', async () => {
    expect(await report({ disposition: 'failure' })).toBe('ended');
    expect((await world.facts()).slice(-2)).toMatchObject([
      { kind: 'bounced', code: 'notification/hisp-failed' },
      { kind: 'ended', end: 'failed', code: 'notification/hisp-failed' },
    ]);
  });

  test('is known by the Message-ID in whatever form it is written', async () => {
    expect(await report({ relatesTo: `<${world.about}>` })).toBe('ended');
  });

  test('twice is once', async () => {
    await report();
    await quietly('ended', {});
  });

  test('after the end is late', async () => {
    await report();
    expect(await report({ disposition: 'failure' })).toBe('late-notice');
  });

  test('notification/unauthenticated: of a client that is no HISP', () =>
    quietly('notification/unauthenticated', { client: 'ehr' }));

  test('notification/unauthenticated: of a HISP that speaks for other domains only', async () => {
    await quietly('notification/unauthenticated', { domains: ['hospital.example'] });
    expect(await report({ domains: ['hospital.example', 'direct.clinic.example'] })).toBe('ended');
  });

  test('notification/no-message-id: that does not say what it is about', () =>
    quietly('notification/no-message-id', { relatesTo: undefined }));

  test.each(['mid:other@holder.example', 'urn:uuid:2', 'mid:%'])(
    'notification/*: about %s, which was never sent',
    async (relatesTo) => {
      const before = await world.facts();
      expect(await report({ relatesTo })).toMatch(
        /^notification\/(?:unknown-message|no-message-id)$/,
      );
      expect(await world.facts()).toEqual(before);
    },
  );

  test('notification/wrong-recipient: of another recipient', () =>
    quietly('notification/wrong-recipient', {
      recipient: 'ann@direct.clinic.example' as DirectAddress,
    }));

  test('notification/not-a-notice: a submission', () =>
    quietly('notification/not-a-notice', {
      contents: { kind: 'submission', submission: {} as never },
    }));

  test('notification/unauthenticated: of a copy that we sealed', async () => {
    world = await noticeWorld();
    await quietly('notification/unauthenticated', {});
  });
});
