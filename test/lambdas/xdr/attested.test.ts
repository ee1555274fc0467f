import { expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { happeningIn } from '../../../shared/adapters/dynamo/stream-image.ts';
import { reportOfFact, reportOfMilestone } from '../../../shared/report/report-of.ts';
import { decodeBody } from '../../../shared/secure/mime.ts';
import type { Audited } from '../../../shared/report/report.ts';
import { describeWith } from '../../support/needs.ts';
import { RECIPIENT } from '../../support/whole-path.ts';
import { ANA, type Differing, PROVIDER } from '../http-world.ts';
import { ACCEPTED, consent, key } from '../steps.ts';
import {
  ask,
  copies,
  onlyCopy,
  post,
  refusal,
  requests,
  revokeAll,
  TAKEN,
  xdrWorld,
  zipSent,
} from './xdr-world.ts';

const NURSE = 'nurse@direct.clinic.example';

describeWith(['shared'], 'what a client asserts', () => {
  const ATTESTED: Differing = {
    xdrBasis: 'holder-attested',
    xdr: [{ subject: 'system-1' }],
  };

  test('goes out where nobody asked, as a request that the patient sees and can stop', async () => {
    const path = await xdrWorld(ATTESTED);
    expect(await post(path)).toMatchObject(TAKEN);
    expect(await requests(path)).toMatchObject([
      {
        basis: 'holder-attested',
        frequency: 'once',
        createdBy: 'system',
        addresses: [{ address: RECIPIENT, status: 'active' }],
        servedAt: '2026-11-22T12:00:00.000Z',
      },
    ]);
    expect((await requests(path))[0]).not.toHaveProperty('consentId');
    expect(await onlyCopy(path)).toMatchObject({ status: 'waiting', basis: 'holder-attested' });
    await revokeAll(path);
    await path.settle();
    expect(await onlyCopy(path)).toMatchObject({
      status: 'stopped',
      code: 'transmit-request/revoked',
    });
    expect(path.relay.taken).toEqual([]);
  });

  test('does not say that the patient asked for it', async () => {
    const path = await xdrWorld({ ...ATTESTED, requestTxt: true });
    await post(path);
    await path.settle();
    const { innerEntity } = path.partner.open(path.relay.taken[0]!);
    const text = decodeBody(innerEntity.parts[0]!);
    expect(text.ok && Buffer.from(text.value).toString()).not.toMatch(/request of the patient/);
    expect(innerEntity.parts).toHaveLength(2);
    const index = Buffer.from(unzipSync(zipSent(path))['INDEX.HTM']!).toString();
    expect(index).not.toContain('asked for it');
  });

  test('is known by who asserted it, in the audit alone', async () => {
    const path = await xdrWorld(ATTESTED);
    const told: Audited[] = [];
    path.table.onChange(({ newImage = {} }) => {
      const happening = happeningIn(newImage);
      if (happening?.kind === 'milestone') told.push(reportOfMilestone(happening.milestone));
    });
    await post(path);
    const history = await path.ports.ledger.read((await onlyCopy(path)).id);
    if (!history.ok) throw new Error(history.failure.code);
    const { transmission, facts } = history.value;
    told.push(reportOfFact(facts[0]!, transmission)!);

    expect(told).toMatchObject([
      { attestedBy: 'system-1', report: { type: 'transmit-request.created' } },
      { attestedBy: 'system-1', report: { type: 'transmission.requested' } },
    ]);
    expect(JSON.stringify(told.map(({ report }) => report))).not.toContain('system-1');
  });

  test.each<[string, Differing]>([
    ['the settings ask for a request', { xdr: [{ subject: 'system-1' }] }],
    ['the settings do not name the client', { xdrBasis: 'holder-attested' }],
  ])('transmit-request/none: %s', async (_, settings) => {
    expect(await post(await xdrWorld(settings))).toMatchObject(refusal('transmit-request/none'));
  });

  test('transmit-request/revoked: the patient stopped it, and asked for it again later', async () => {
    const path = await xdrWorld(ATTESTED);
    const id = await ask(path);
    path.at('2026-11-22T13:00:00Z');
    await path.ask(`POST /v1/patients/ana/transmit-requests/${id}/revoke`, { as: ANA });
    expect(await post(path)).toMatchObject(refusal('transmit-request/revoked'));
    path.at('2026-11-22T14:00:00Z');
    await ask(path);
    expect(await post(path)).toMatchObject(TAKEN);
    expect((await onlyCopy(path)).basis).toBeUndefined();
  });

  test('transmit-request/revoked: what was asserted before was stopped', async () => {
    const path = await xdrWorld(ATTESTED);
    await post(path);
    await revokeAll(path);
    expect(await post(path, { messageId: 'urn:uuid:2' })).toMatchObject(
      refusal('transmit-request/revoked'),
    );
  });

  test.each(['rejected', 'withdrawn'])(
    'consent/not-accepted: the last answer of the patient is no (%s)',
    async (decision) => {
      const path = await xdrWorld(ATTESTED);
      path.at('2026-11-22T13:00:00Z');
      await consent(path, { json: { ...ACCEPTED, decision }, headers: key('no') });
      expect(await post(path)).toMatchObject(refusal('consent/not-accepted'));
    },
  );

  test('of two recipients one is asked for and one asserted: each copy has its own reason', async () => {
    const path = await xdrWorld(ATTESTED);
    await ask(path);
    expect(await post(path, { to: [RECIPIENT, NURSE] })).toMatchObject(TAKEN);
    const views = await Promise.all(
      (await copies(path)).map(({ id }) =>
        path.ask(`GET /v1/transmissions/${id}`, { as: PROVIDER }),
      ),
    );
    expect(Object.fromEntries(views.map(({ body }) => [body.address, body.basis]))).toEqual({
      [RECIPIENT]: undefined,
      [NURSE]: 'holder-attested',
    });
  });
});
