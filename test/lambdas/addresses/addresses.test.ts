import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { saysOf } from '../../../shared/says-of.ts';
import { ADMIN, ANA, type HttpWorld, httpWorld, SENDER, SYSTEM } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { issueQuickly } from '../../support/pki.ts';

const ADDRESS = 'dr.lee@direct.clinic.example';

let world: HttpWorld;

beforeEach(async () => {
  world = await httpWorld();
});

const check = (address: string, as = ANA) =>
  world.ask('POST /v1/direct-addresses/check', { as, json: { address } });

async function publish(options: object): Promise<void> {
  const { certificate } = await issueQuickly(world.anchor, {
    address: ADDRESS,
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2027-01-01T00:00:00Z'),
    ...options,
  });
  world.directory.set('dr.lee.direct.clinic.example', [{ type: 1, data: certificate }]);
}

describe('an address', () => {
  test('with a trusted certificate is reachable, and the answer says what was proved', async () => {
    await publish({ organization: 'Lee Clinic' });
    expect(await check(ADDRESS)).toMatchObject({
      status: 200,
      body: {
        address: ADDRESS,
        reachability: 'reachable',
        proved: 'mailbox',
        organization: 'Lee Clinic',
        commonName: expect.any(String),
      },
    });
  });

  test('whose certificate has expired is not reachable, and the answer says why', async () => {
    await publish({ notAfter: new Date('2026-11-22T11:59:00Z') });
    expect((await check(ADDRESS)).body).toEqual({
      address: ADDRESS,
      reachability: 'not-reachable',
      code: 'trust/expired',
      sentence: 'The certificate has expired.',
    });
  });

  test('is told of in the language of the caller', async () => {
    const headers = { 'accept-language': 'es-MX' };
    const asked = { as: ANA, json: { address: ADDRESS }, headers };
    const { body } = await world.ask('POST /v1/direct-addresses/check', asked);
    expect(body.sentence).toBe(saysOf('discover/no-certificate', 'es'));
    const routes = { 'direct.clinic.example': 'hisp+smtps://hisp.example' };
    world = await httpWorld({ relay: { routes } });
    const unknown = await world.ask('POST /v1/direct-addresses/check', asked);
    expect(unknown.body.sentence).toContain('Otro servicio de correo se encarga de las copias');
  });

  test('without certificate is not reachable', async () => {
    expect((await check(ADDRESS)).body).toMatchObject({
      reachability: 'not-reachable',
      code: 'discover/no-certificate',
    });
  });

  test('whose directory fails cannot be told of now', async () => {
    world.directory.break('dr.lee.direct.clinic.example', 'discover/unreachable');
    expect((await check(ADDRESS)).body).toMatchObject({
      reachability: 'cannot-tell-now',
      code: 'discover/unreachable',
    });
  });

  test('whose certificate nobody could say anything of is reachable with caution, where the rules let that pass', async () => {
    world = await httpWorld({ trust: { revocation: 'soft-fail' } });
    await publish({ crlUrls: ['http://pki.clinic.example/anchor.crl'] });
    expect((await check(ADDRESS)).body).toMatchObject({
      reachability: 'reachable',
      caution: 'trust/revocation-unknown',
    });
    world = await httpWorld();
    await publish({ crlUrls: ['http://pki.clinic.example/anchor.crl'] });
    expect((await check(ADDRESS)).body).toMatchObject({
      reachability: 'cannot-tell-now',
      code: 'trust/revocation-unknown',
    });
  });

  test('to which a HISP takes copies on is unknown, and nobody is asked', async () => {
    const routes = { 'direct.clinic.example': 'hisp+smtps://hisp.example' };
    world = await httpWorld({ relay: { routes } });
    await publish({});
    expect((await check(ADDRESS)).body).toEqual({
      address: ADDRESS,
      reachability: 'unknown',
      sentence: expect.stringContaining('Another mail service takes on copies'),
    });
    expect((await check(ADDRESS, ADMIN)).body).toMatchObject({
      trace: { looks: [], accepted: [], rejected: [] },
    });
    expect(world.directory.asked).toEqual([]);
    expect((await check('x@other.clinic.example')).body.reachability).toBe('not-reachable');
  });

  test('of the data holder itself is not reachable, in any case of letters, and nobody is asked', async () => {
    expect((await check(SENDER.toUpperCase())).body).toMatchObject({
      reachability: 'not-reachable',
      code: 'transmit-request/own-address',
      sentence: 'This is the address that the record is sent from.',
    });
    expect(world.directory.asked).toEqual([]);
  });

  test('whose directory never answers cannot be told of within ten seconds', async () => {
    jest.useFakeTimers();
    try {
      Object.assign(world.ports, { directory: { certRecords: () => new Promise(() => {}) } });
      const checking = check(ADDRESS);
      await jest.advanceTimersByTimeAsync(9999);
      let answered = false;
      void checking.then(() => (answered = true));
      await jest.advanceTimersByTimeAsync(0);
      expect(answered).toBe(false);
      await jest.advanceTimersByTimeAsync(1);
      expect((await checking).body).toMatchObject({ reachability: 'cannot-tell-now' });
    } finally {
      jest.useRealTimers();
    }
  });
});

test.each([
  '',
  'lee',
  'a@b',
  '"a b"@direct.clinic.example',
  'a..b@direct.clinic.example',
  'dr.müller@direct.clinic.example',
  'a@direct.clinic.example\r\nX: y',
])('discover/bad-address: %j', async (address) => {
  const { body } = await expectRefused(world, 'discover/bad-address', () => check(address));
  expect(body.errors).toEqual([{ pointer: '/address', code: 'not-an-address' }]);
});

test('an operator is also shown what was asked and which certificates were found', async () => {
  world.directory.set('dr.lee.direct.clinic.example', [{ type: 1, data: Uint8Array.of(1, 2) }]);
  const { body } = await check(ADDRESS, ADMIN);
  expect(body).toMatchObject({ code: 'discover/bad-certificate', trace: { accepted: [] } });
  expect(body.trace.looks).toMatchObject([{ stage: 'dns-address', found: 1 }]);
  expect((await check(ADDRESS)).body).not.toHaveProperty('trace');
});

test('edge/forbidden: a system looks up nobody', async () => {
  const as = { ...SYSTEM, scopes: ANA.scopes };
  await expectRefused(world, 'edge/forbidden', () => check(ADDRESS, as));
});
