import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Path } from '../../../shared/trust/path/path.ts';
import { ocspRequestFor } from '../../../shared/trust/revocation/ocsp-request.ts';
import { Workbench } from '../../interop/support/workbench.ts';
import { describeWith } from '../../support/needs.ts';
import {
  cachedAuthority,
  cachedKeys,
  issueQuickly,
  pemOf,
  type Authority,
  type Issued,
} from '../../support/pki.ts';
import { crlBy, minutesFromNow, NOW, type ListOptions } from '../../support/crl.ts';
import { issueValid, judged, pathOf } from './world.ts';

describeWith(['openssl'], 'openssl', () => {
  const bench = new Workbench();
  let anchor: Authority;
  let good: Issued;
  let revoked: Issued;
  beforeAll(async () => {
    anchor = await cachedAuthority();
    good = await issueValid(anchor, { address: 'good@direct.example.org' });
    revoked = await issueValid(anchor, { address: 'revoked@direct.example.org' });
    prepare();
  });
  afterAll(() => bench.remove());

  const at = (name: string): string => join(bench.folder, name);

  /** An authority as `openssl ca` wants it, which knows of both certificates and has revoked one. */
  function prepare(): void {
    writeFileSync(at('ca.pem'), anchor.certificatePem);
    writeFileSync(at('ca.key'), anchor.privateKeyPem, { mode: 0o600 });
    writeFileSync(at('good.pem'), good.certificatePem);
    writeFileSync(at('revoked.pem'), revoked.certificatePem);
    writeFileSync(at('index.txt'), row('V', good) + row('R', revoked));
    writeFileSync(at('crlnumber'), '07\n');
    writeFileSync(
      at('ca.cnf'),
      [
        '[ca]\ndefault_ca=me\n[me]',
        ...['index.txt:database', 'crlnumber:crlnumber', 'ca.pem:certificate', 'ca.key:private_key']
          .map((each) => each.split(':'))
          .map(([file, setting]) => `${setting}=${at(file!)}`),
        'default_md=sha256\ndefault_crl_days=1\ncrl_extensions=ext\n[ext]\nauthorityKeyIdentifier=keyid',
      ].join('\n'),
    );
  }

  const paths = (): readonly [Path, Path] => [pathOf(good, anchor), pathOf(revoked, anchor)];

  test('makes lists that say here what they say there', async () => {
    bench.run('openssl', ['ca', '-gencrl', '-config', at('ca.cnf'), '-out', at('list.pem')]);
    const crl = bench.run('openssl', ['crl', '-in', at('list.pem'), '-outform', 'DER']);
    const crls = [new Uint8Array(crl)];
    const [one, other] = paths();
    expect(await judged(one, { crls, now: new Date() })).toBe('good');
    expect(await judged(other, { crls, now: new Date() })).toBe('revoked');
  });

  test.each(['', 'responder'])(
    'answers our requests so that we understand it %s',
    async (delegate) => {
      const signer = delegate ? await responder() : anchor;
      writeFileSync(at('signer.pem'), signer.certificatePem);
      writeFileSync(at('signer.key'), signer.privateKeyPem, { mode: 0o600 });
      for (const [path, expected] of [
        [paths()[0], 'good'],
        [paths()[1], 'revoked'],
      ] as const) {
        writeFileSync(at('request'), ocspRequestFor(path[0], path[1]!));
        const database = ['-index', at('index.txt'), '-CA', at('ca.pem'), '-ndays', '1'];
        const key = ['-rsigner', at('signer.pem'), '-rkey', at('signer.key')];
        const files = ['-reqin', at('request'), '-respout', at('response')];
        bench.run('openssl', ['ocsp', ...database, ...key, ...files]);
        expect(existsSync(at('response'))).toBe(true);
        const ocsp = [new Uint8Array(readFileSync(at('response')))];
        expect(await judged(path, { ocsp, now: new Date() })).toBe(expected);
      }
    },
  );

  const responder = async (): Promise<Issued> =>
    issueQuickly(anchor, {
      notBefore: new Date('2020-01-01T00:00:00Z'),
      notAfter: new Date('2100-01-01T00:00:00Z'),
      name: 'Responder',
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: ['1.3.6.1.5.5.7.3.9'],
      keys: await cachedKeys('responder'),
    });

  test.each<[string, boolean, ListOptions]>([
    ['one for all', true, list({})],
    ['one that is over', false, list({ nextUpdate: minutesFromNow(-1) })],
    ['one of tomorrow', false, list({ thisUpdate: minutesFromNow(1440) })],
    ['one for users', true, list({ scope: { only: 'users' } })],
    ['one for authorities', false, list({ scope: { only: 'authorities' } })],
    ['one for other points', false, list({ scope: { urls: ['http://lists.test/2.crl'] } })],
    ['one for some reasons', false, list({ scope: { reasons: [1, 2] } })],
    ['one for all reasons', true, list({ scope: { reasons: [1, 2, 3, 4, 5, 6, 7, 8] } })],
    [
      'one with an unknown critical extension',
      false,
      list({ extraExtensions: [unknownCritical()] }),
    ],
  ])('agrees on lists that we make: %s, %s', async (_, expected, options) => {
    const crl = crlBy(anchor, options);
    const pem = Buffer.from(crl)
      .toString('base64')
      .replace(/(.{64})/g, '$1\n');
    const file = bench.file(`-----BEGIN X509 CRL-----\n${pem}\n-----END X509 CRL-----\n`);
    const checks = ['-crl_check', '-extended_crl', '-attime', String(NOW.getTime() / 1000)];
    const files = ['-CAfile', at('ca.pem'), '-CRLfile', file, bench.file(pemOf(good.certificate))];
    const theirs = bench.tried('openssl', ['verify', ...checks, ...files]).isGood;
    const ours = (await judged(pathOf(good, anchor), { crls: [crl] })) === 'good';
    expect([theirs, ours]).toEqual([expected, expected]);
  });
});

function unknownCritical() {
  return { oid: '1.2.3.4', critical: true, value: Uint8Array.of(5, 0) };
}

function list(options: ListOptions): ListOptions {
  return { thisUpdate: minutesFromNow(-60), ...options };
}

/** A line of the index of `openssl ca`. */
function row(state: 'V' | 'R', { certificate }: Issued): string {
  const serial = pathOf({ certificate })[0].serial.toUpperCase();
  return `${state}\t270101000000Z\t${state === 'R' ? '260101000000Z,keyCompromise' : ''}\t${serial}\tunknown\t/CN=x\n`;
}
