import { beforeEach, describe, expect, test } from '@jest/globals';
import { happeningIn } from '../../../shared/adapters/dynamo/stream-image.ts';
import type { Principal } from '../../../shared/edge/identity/principal.ts';
import { triggerIdOf } from '../../../shared/ids.ts';
import { done } from '../../../shared/outcome.ts';
import { activityOf } from '../../../shared/report/activity/activity-of.ts';
import type { ActivityView } from '../../../shared/report/activity/view.ts';
import { isForOthers } from '../../../shared/report/report.ts';
import { newsTeller } from '../../../shared/report/news.ts';
import { copiesOf } from '../../../shared/transmission/copies.ts';
import { batchOf } from '../../../shared/trigger/match.ts';
import { accepted, intent } from '../../support/histories.ts';
import { openCopy } from '../../support/open-copy.ts';
import { ANA, BEN, type HttpWorld, httpWorld, PROVIDER } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { consent, consented, key, register, share, SHARE } from '../steps.ts';

const LOG = 'GET /v1/patients/ana/activity';
const LEE = 'dr.lee@direct.clinic.example';
const KIM = 'dr.kim@direct.ward.example';

let world: HttpWorld;
let images: Readonly<Record<string, unknown>>[];
beforeEach(async () => {
  world = await httpWorld();
  images = [];
  world.table.onChange(({ oldImage, newImage }) => {
    if (newImage && !oldImage) images.push(newImage);
  });
});

/** What the function `report` does for logs with what was written down since. */
async function told(): Promise<void> {
  const newsOf = newsTeller(world.ports.ledger);
  for (const image of images.splice(0)) {
    const happening = happeningIn(image);
    const news = happening && (await newsOf(happening));
    const audited = news?.ok ? news.value : undefined;
    if (audited === undefined || !isForOthers(audited)) continue;
    const activity = activityOf(audited);
    if (activity) await world.ports.activities.keep([{ patientKey: audited.patientKey, activity }]);
  }
}

async function read(as: Principal = ANA, query = '', headers = {}) {
  await told();
  return world.ask(`${LOG}${query}`, { as, headers });
}

const inShort = (lines: readonly ActivityView[]): readonly string[] =>
  lines.map(({ who, action, addressees }) => [who.kind, action, ...addressees].join(' '));

const minute = (n: number): void => world.at(`2026-11-22T12:0${n}:00.000Z`);

describe('the log of a patient', () => {
  test('tells what was done, when, by whom and for whom, the newest first', async () => {
    await register(world);
    minute(1);
    await consent(world);
    minute(2);
    const { body: request } = await share(world, {
      json: { ...SHARE, addresses: [LEE, KIM], clientReference: 'portal-77' },
    });
    const one = `/v1/patients/ana/transmit-requests/${request.id}`;
    minute(3);
    await world.ask(`POST ${one}/revoke`, { as: PROVIDER, json: { address: KIM } });
    minute(4);
    await world.ask(`POST ${one}/revoke`, { as: ANA });

    const { status, body } = await read();
    expect(status).toBe(200);
    expect(inShort(body.activity)).toEqual([
      `you request-stopped ${LEE}`,
      `provider address-stopped ${KIM}`,
      `you request-made ${LEE} ${KIM}`,
      'you consent-accepted',
    ]);
    expect(body.activity[0]).toEqual({
      at: '2026-11-22T12:04:00.000Z',
      action: 'request-stopped',
      who: { kind: 'you' },
      addressees: [LEE],
      requestId: request.id,
      clientReference: 'portal-77',
      sentence: 'The request was stopped.',
    });
    expect(JSON.stringify(body)).not.toMatch(/patient-1|provider-1|pat_/);
  });

  test('tells of copies: that they left, and how it ended', async () => {
    await consented(world);
    const { body } = await share(world);
    const { requests, triggers, ledger, settings, now } = world.ports;
    const trigger = await triggers.get(triggerIdOf('request', body.id));
    if (!trigger.ok) throw new Error('no trigger');
    const request = await requests.get(trigger.value.patientKey, body.id);
    if (!request.ok) throw new Error('no request');
    const batch = batchOf(trigger.value, request.value);
    const [copy] = copiesOf(request.value, batch, settings, now());
    await openCopy(world.table, copy!, now());
    minute(1);
    await ledger.append(copy!.id, now(), () => done({ facts: [intent(1), accepted(1)] }));
    minute(2);
    const end = {
      kind: 'ended',
      end: 'failed',
      code: 'notification/no-final-confirmation',
    } as const;
    await ledger.append(copy!.id, now(), () => done({ facts: [end] }));

    const { body: log, headers } = await read(ANA, '', { 'accept-language': 'es' });
    expect(inShort(log.activity).slice(0, 2)).toEqual([
      `system copy-failed ${LEE}`,
      `system copy-sent ${LEE}`,
    ]);
    expect(headers).toMatchObject({ 'content-language': 'es' });
    expect(log.activity[0]).toMatchObject({
      transmissionId: copy!.id,
      code: 'notification/no-final-confirmation',
      sentence: expect.stringMatching(/^No se confirmó/),
    });
  });

  test('is read page after page, by cursors that count for this patient and reader alone', async () => {
    await consented(world);
    for (const each of ['a', 'b', 'c']) await share(world, { headers: key(`share-${each}`) });
    const { body: first } = await read(ANA, '?limit=3');
    expect(first.activity).toHaveLength(3);
    const next = `?limit=3&cursor=${first.nextCursor}`;
    const { body: second } = await read(ANA, next);
    expect(second.activity).toHaveLength(1);
    expect(second).not.toHaveProperty('nextCursor');
    await register(world, 'ben', { identifiers: [{ system: '2.999.1', value: 'B' }] });
    await expectRefused(world, 'edge/bad-cursor', () =>
      world.ask(`GET /v1/patients/ben/activity${next}`, { as: { ...ANA, patients: ['ben'] } }),
    );
    await expectRefused(world, 'edge/bad-cursor', () =>
      world.ask(`${LOG}${next}`, { as: PROVIDER }),
    );
    await expectRefused(world, 'edge/bad-cursor', () =>
      world.ask(`${LOG}?cursor=2026-11-22T12:00:00.000Z%23rep_1`, { as: ANA }),
    );
  });

  test('is for the patient, a representative and a provider, and nobody else', async () => {
    await consented(world);
    const representative = { ...ANA, kind: 'representative', subject: 'rep-1' } as const;
    for (const as of [ANA, representative, PROVIDER]) expect((await read(as)).status).toBe(200);
    expect(inShort((await read(PROVIDER)).body.activity)).toEqual(['patient consent-accepted']);
    await expectRefused(world, 'edge/forbidden', () => world.ask(LOG, { as: BEN }));
    await expectRefused(world, 'edge/forbidden', () =>
      world.ask(LOG, { as: { ...PROVIDER, kind: 'system' } }),
    );
    await expectRefused(world, 'edge/forbidden', () =>
      world.ask(LOG, { as: { ...ANA, scopes: [] } }),
    );
  });

  test('is not shown to a representative whose authority has ended', async () => {
    await consented(world);
    const authority = { relationship: 'guardian', until: '2026-11-22T11:59:59.000Z' };
    const ended = { ...ANA, kind: 'representative', subject: 'rep-1', authority } as const;
    await expectRefused(world, 'consent/authority-ended', () => world.ask(LOG, { as: ended }));
  });

  test('patient/unknown: of nobody', async () => {
    await expectRefused(world, 'patient/unknown', () => world.ask(LOG, { as: ANA }));
  });
});
