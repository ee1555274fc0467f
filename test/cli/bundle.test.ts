import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bundleCommand } from '../../infra/cli/commands/bundle.ts';
import { httpServer, type TestServer } from '../adapters/http-fetch-servers.ts';
import { describeWith, SHARED } from '../support/needs.ts';
import {
  cachedAuthority,
  cachedKeys,
  issueQuickly,
  type Authority,
  type Issued,
} from '../support/pki.ts';
import { p7b, p7m } from '../trust/bundle/support/bundles.ts';
import { folderFor } from './files.ts';
import { runCli } from './run-cli.ts';

const file = folderFor('bundle');
const bundle = (...args: string[]) => runCli({ bundle: bundleCommand }, 'bundle', ...args);
/** Of one that is refused. */
const lastOf = async (...args: string[]) => {
  const { exitCode, out, err } = await bundle(...args);
  return [exitCode, out.at(-1) ?? err.at(-1)];
};
const refused = (code: string) => [1, expect.stringContaining(code)];

let anchor: Authority;
let weak: Authority;
let late: Authority;
let leaf: Issued;
let plain: string;
let signed: string;
let signer: string;

beforeAll(async () => {
  anchor = await cachedAuthority('Good');
  const keys = await cachedKeys('weak', { bits: 1024 });
  weak = await issueQuickly(anchor, { ca: true, name: 'Weak', keys });
  const notAfter = new Date(Date.now() - 1000);
  late = await issueQuickly(anchor, { ca: true, name: 'Late', notAfter });
  leaf = await issueQuickly(anchor, { domain: 'clinic.example', basicConstraints: 'critical' });
  const content = p7b([anchor, weak, late, leaf].map(({ certificate }) => certificate));
  plain = file('plain.p7b', content);
  signed = file('signed.p7m', p7m(content, anchor));
  signer = file('signer.pem', anchor.certificatePem);
});

describe('bundle', () => {
  test('shows the anchors, and of which no path will come', async () => {
    const { exitCode, out } = await bundle(plain);
    expect(out.filter((line) => line.startsWith('anchor'))).toEqual([
      'anchor 1: CN=Good',
      'anchor 2, trust/weak-key: CN=Weak',
      'anchor 3, trust/expired: CN=Late',
    ]);
    expect(out).toContain('  key      rsa 1024');
    expect([exitCode, out.at(-1)]).toEqual([0, `${plain}: 3 anchors, 2 of no use, 1 passed over`]);
  });

  test('gives the same to programs', async () => {
    const { out, err } = await bundle(plain, '--json');
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      bundle: plain,
      skipped: 1,
      anchors: [{ subject: 'CN=Good' }, { code: 'trust/weak-key' }, { code: 'trust/expired' }],
    });
    expect(err).toHaveLength(1);
    const none = await bundle(file('none.p7b', 'nothing'), '--json');
    expect(JSON.parse(none.out[0] ?? '')).toMatchObject({
      code: 'trust/bundle-malformed',
      anchors: [],
    });
  });

  test('the signer that is named has to have signed it', async () => {
    const other = file('other.pem', (await cachedAuthority('Other')).certificatePem);
    const both = file('both.pem', `${anchor.certificatePem}${weak.certificatePem}`);
    expect((await bundle(signed, '--signer', signer)).exitCode).toBe(0);
    expect((await bundle(signed)).exitCode).toBe(0);
    expect(await lastOf(signed, '--signer', other)).toEqual(refused('trust/bundle-wrong-signer'));
    expect(await lastOf(plain, '--signer', signer)).toEqual(refused('trust/bundle-unsigned'));
    expect(await lastOf(plain, '--signer', both)).toEqual(refused('more than one signer'));
    expect(await lastOf(plain, '--signer', plain)).toEqual(refused('no certificate'));
  });

  test.each([
    [[], 'Name one bundle'],
    [['a', 'b'], 'Name one bundle'],
    [['/nowhere/a.p7b'], 'Cannot read /nowhere/a.p7b: there is no such file.'],
    [['a', '--bogus'], '--bogus'],
  ])('says it in one line: %j', async (args, says) => {
    expect(await bundle(...args)).toMatchObject({
      exitCode: 1,
      out: [],
      err: [expect.stringContaining(says)],
    });
  });
});

describe('bundle at a URL', () => {
  let http: TestServer;
  beforeAll(async () => {
    const content = p7b([anchor.certificate]);
    http = await httpServer(({ url }, response) => {
      if (url === '/moved') response.writeHead(302, { location: '/' }).end();
      else if (url === '/gone') response.writeHead(404).end();
      else response.end(content);
    });
  });
  afterAll(() => http.close());

  test('is fetched through the guard', async () => {
    expect(await lastOf(http.url, '--loopback')).toEqual([0, `${http.url}: 1 anchor`]);
    expect(await lastOf(`${http.url}moved`, '--loopback')).toEqual([
      0,
      `${http.url}moved: 1 anchor`,
    ]);
    expect(await lastOf(http.url)).toEqual(refused('trust/bundle-unreachable'));
    expect(await lastOf(`${http.url}gone`, '--loopback')).toEqual(
      refused('trust/bundle-unreachable'),
    );
  });
});

describeWith(['shared'], 'bundles that others have published', () => {
  test('SHA-1 counts only where the operator says so', async () => {
    const path = `${SHARED}/vectors/bundles/signedbundle.p7m`;
    expect(await lastOf(path)).toEqual(refused('trust/bundle-weak'));
    const { exitCode } = await bundle(path, '--allow-sha1');
    expect(exitCode).toBe(0);
  });
});
