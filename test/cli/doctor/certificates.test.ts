import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Check } from '../../../infra/cli/doctor/check.ts';
import { identities } from '../../../infra/cli/doctor/checks/identities.ts';
import { published } from '../../../infra/cli/doctor/checks/published.ts';
import { runChecks } from '../../../infra/cli/doctor/run-checks.ts';
import {
  startSecretsEndpoint,
  type SecretsEndpoint,
} from '../../../infra/local/engines/secrets-endpoint.ts';
import { startDnsServer, type DnsServer } from '../../../infra/local/world/dns-server.ts';
import { readCertificate, type Certificate } from '../../../shared/trust/certificate.ts';
import { withAwsEnv } from '../../adapters/aws-env.ts';
import {
  cachedAuthority,
  cachedKeys,
  issueQuickly,
  type Issued,
  type IssueOptions,
} from '../../support/pki.ts';
import { examinedWith, said, SENDER, type Given } from './examined.ts';

const DAY_MS = 86_400_000;
const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS + 60_000);

const texts: Record<string, string> = {};
let secrets: SecretsEndpoint;
let dns: DnsServer;
let undo: () => void;
let anchor: Certificate;
beforeAll(async () => {
  secrets = await startSecretsEndpoint({ secrets: texts });
  dns = await startDnsServer();
  undo = withAwsEnv({ AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint });
  anchor = certificateOf((await cachedAuthority()).certificate);
});
afterAll(async () => {
  undo();
  await Promise.all([secrets.close(), dns.close()]);
});

function certificateOf(der: Uint8Array): Certificate {
  const read = readCertificate(der);
  if (!read.ok) throw new Error('No certificate');
  return read.value;
}

const issued = async (options: IssueOptions = {}): Promise<Issued> =>
  issueQuickly(await cachedAuthority(), { address: SENDER, ...options });

const row = ({ certificatePem, privateKeyPem }: Issued, more: object = {}) => ({
  address: SENDER,
  certificate: certificatePem,
  privateKey: privateKeyPem,
  ...more,
});

let secretsMade = 0;
/** Each in a secret of its own: what was read is believed for some minutes. */
function secretOf(...rows: readonly object[]): Given {
  const name = `identity-${(secretsMade += 1)}`;
  texts[name] = JSON.stringify({ identities: rows });
  return { deployed: { identitySecrets: [name] }, anchors: [anchor], resolvers: dns.address };
}

const look = (check: Check, given: Given) => said(check, given);

describe('our own certificates', () => {
  test.each<[string, IssueOptions, RegExp]>([
    ['is well', { notAfter: inDays(400) }, /^ok: .*belongs to its key, has one name, a path to an anchor and 400 days left\.$/], // prettier-ignore
    ['has to be planned for', { notAfter: inDays(44) }, /^warn: .* 44 days left\.$/],
    ['is in a hurry', { notAfter: inDays(13) }, /^warn: .* only 13 days left\.$/],
    ['has no time left', { notAfter: inDays(2) }, /^fail: .* 2 day\(s\) left\.$/],
    ['has expired', { notAfter: inDays(-1) }, /^fail: .*trust\/expired/],
    ['has two names', { san: [{ rfc822Name: SENDER }, { dnsName: 'holder.example' }] }, /^fail: .*bound to 2 names/], // prettier-ignore
    ['is of another address', { address: 'other@holder.example' }, /^fail: .*trust\/wrong-address/],
  ])('one that %s', async (_, options, expected) => {
    const lines = await look(identities, secretOf(row(await issued(options))));
    expect(lines).toContainEqual(expect.stringMatching(expected));
  });

  test('one of an authority that nobody named has no path', async () => {
    const given = secretOf(row(await issued()));
    const other = certificateOf((await cachedAuthority('Somebody else')).certificate);
    expect(await look(identities, { ...given, anchors: [other] })).toEqual([
      expect.stringMatching(/^fail: .*trust\/no-anchor/),
    ]);
  });

  test('one that signs only leaves nobody able to write to us', async () => {
    const signs = await issued({ keyUsage: ['digitalSignature'] });
    expect(await look(identities, secretOf(row(signs)))).toEqual([
      expect.stringMatching(/^ok: /),
      `fail: ${SENDER} has no certificate for encryption.`,
    ]);
  });

  test('the two of a pair are well together, and one that was replaced is passed over', async () => {
    const [signs, decrypts, former] = await Promise.all([
      issued({ keyUsage: ['digitalSignature'] }),
      issued({ keyUsage: ['keyEncipherment'], keys: await cachedKeys('pair') }),
      issued({ notAfter: inDays(1), keys: await cachedKeys('former') }),
    ]);
    const kept = row(former, { decryptUntil: inDays(5).toISOString() });
    const lines = await look(identities, secretOf(row(signs), row(decrypts), kept));
    expect(lines).toEqual([expect.stringMatching(/^ok/), expect.stringMatching(/^ok/)]);
  });

  test('a sender without one fails', async () => {
    const other = await issued({ address: 'other@holder.example' });
    const given = secretOf({ ...row(other), address: 'other@holder.example' });
    expect(await look(identities, given)).toEqual([
      `fail: ${SENDER} has no certificate in the secret.`,
    ]);
  });

  test('a secret whose key is another than that of the certificate says where, and quotes nothing', async () => {
    const [one, other] = await Promise.all([
      issued(),
      issued({ keys: await cachedKeys('another') }),
    ]);
    const given = secretOf(row(one, { privateKey: other.privateKeyPem }));
    expect(await look(identities, given)).toEqual([
      'fail: The identity secret is wrong at: identities.0.privateKey (it is not that of the certificate).',
    ]);
  });

  test.each<[string, Given, string]>([
    ['no secret', { anchors: [] }, 'The identity secret is not known.'],
  ])('are in doubt with %s', async (_, given, says) => {
    const lines = await runChecks([identities], examinedWith(given));
    expect(lines).toMatchObject([{ verdict: 'warn', says }]);
  });

  test('are told once when one for both uses stands in both secrets', async () => {
    const ours = row(await issued({ notAfter: inDays(400) }));
    const names = [secretOf(ours), secretOf(ours)].flatMap(
      ({ deployed }) => deployed?.identitySecrets ?? [],
    );
    const given = { ...secretOf(ours), deployed: { identitySecrets: names } };
    expect(await look(identities, given)).toHaveLength(1);
  });

  test('are in doubt without an anchor', async () => {
    const given = { ...secretOf(row(await issued())), anchors: [] };
    expect(await runChecks([identities, published], examinedWith(given))).toMatchObject([
      { verdict: 'warn', says: 'No anchor is at hand to judge certificates by.' },
      { verdict: 'warn' },
    ]);
  });
});

describe('what others find of us', () => {
  const NAME = 'records.holder.example';

  test('is ours', async () => {
    const ours = await issued();
    dns.set(NAME, [ours.certificate]);
    expect(await look(published, secretOf(row(ours)))).toEqual([
      `ok: ${SENDER}: others find ours at dns-address and trust it.`,
    ]);
  });

  test('is that of a pair to which they may encrypt, whichever secret it stands in', async () => {
    const [signs, reads] = await Promise.all([
      issued({ keys: await cachedKeys('signs'), keyUsage: ['digitalSignature'] }),
      issued({ keys: await cachedKeys('reads'), keyUsage: ['keyEncipherment'] }),
    ]);
    const [one, other] = [secretOf(row(signs)), secretOf(row(reads))].map(
      ({ deployed }) => deployed?.identitySecrets?.[0] ?? '',
    );
    dns.set(NAME, [reads.certificate]);
    for (const identitySecrets of [
      [one, other],
      [other, one],
    ] as string[][]) {
      const given = { ...secretOf(row(reads)), deployed: { identitySecrets } };
      expect(await look(published, given)).toEqual([
        expect.stringMatching(/^ok: .*others find ours/),
      ]);
    }
  });

  test('is nothing', async () => {
    dns.set(NAME, []);
    expect(await look(published, secretOf(row(await issued())))).toEqual([
      expect.stringMatching(`^fail: ${SENDER}: discover/no-certificate`),
    ]);
  });

  test('is another than that in the secret', async () => {
    dns.set(NAME, [(await issued({ keys: await cachedKeys('renewed') })).certificate]);
    expect(await look(published, secretOf(row(await issued())))).toEqual([
      `fail: ${SENDER}: others encrypt to another certificate than ours.`,
    ]);
  });

  test('is ours, and behind it something that would end a search', async () => {
    const ours = await issued();
    dns.set(NAME, [ours.certificate]);
    dns.set('holder.example', [Uint8Array.of(1, 2, 3)]);
    const lines = await look(published, secretOf(row(ours)));
    dns.set('holder.example', []);
    expect(lines).toEqual([
      expect.stringMatching(/^ok: /),
      `warn: ${SENDER}, H2 (dns-domain): no certificate.`,
    ]);
  });

  test('cannot be compared without the secret', async () => {
    dns.set(NAME, [(await issued()).certificate]);
    const given = { anchors: [anchor], resolvers: dns.address };
    expect(await look(published, given)).toEqual([
      expect.stringMatching(`^warn: ${SENDER}: others find and trust 1 certificate`),
    ]);
    dns.set(NAME, []);
    expect(await look(published, given)).toEqual([
      expect.stringMatching(/^fail: .*no-certificate/),
    ]);
  });
});
