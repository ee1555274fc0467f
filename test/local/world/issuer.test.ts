import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { SAMPLE_PATIENTS } from '../../../infra/local/sample/record.ts';
import { startIssuer, type Issuer } from '../../../infra/local/world/issuer.ts';
import { loginPage } from '../../../infra/local/world/login-page.ts';

describe('the login page', () => {
  let issuer: Issuer;
  beforeAll(async () => {
    issuer = await startIssuer();
  });
  afterAll(() => issuer.close());

  /** Presses a button of the page as a browser does. */
  const press = async (label: string) => {
    const page = await (await fetch(issuer.url)).text();
    const form = page.split('<form').find((each) => each.includes(`<button>${label}`)) ?? '';
    const fields = [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']): [string, string] => [name, value],
    );
    const answer = await fetch(issuer.url, { method: 'POST', body: new URLSearchParams(fields) });
    const shown = await answer.text();
    return decodeJwt(/<textarea[^>]*>([^<]*)</.exec(shown)?.[1] ?? '');
  };

  test.each([
    ['Ana Lucía Rivera', { patient: 'sample-ana', sub: 'local-patient-sample-ana' }],
    ['Samuel Okafor', { patient: 'sample-samuel' }],
    ['A parent of Ana', { patient: 'sample-ana', relationship: 'parent' }],
    ['Ana Lucía Rivera, who signed in with a password', { acr: 'loa1', amr: ['pwd'] }],
    ['Ana Lucía Rivera, who signed in just now', { acr: 'loa3', auth_time: expect.any(Number) }],
    ['A provider', { fhirUser: 'Practitioner/local-provider' }],
    ['The EHR', { client_id: 'local-system' }],
    ['An operator', { scope: expect.stringMatching(/^admin .*address\.check/) }],
  ])('gives a token to whoever presses "%s"', async (label, claims) => {
    expect(await press(label)).toMatchObject({ ...claims, iss: issuer.url, aud: issuer.audience });
  });

  test('says when who it is for signed in, and nothing of a system', async () => {
    const claims = await Promise.all(
      (['usual', 'stale', 'stepped-up'] as const).map(async (signIn) =>
        decodeJwt(await issuer.token({ kind: 'provider', signIn })),
      ),
    );
    const ages = claims.map(({ iat = 0, auth_time: at }) => Math.round((iat - Number(at)) / 10));
    expect(ages).toEqual([60, 8640, 0]);
    expect(decodeJwt(await issuer.token({ kind: 'system' }))).not.toHaveProperty('auth_time');
  });

  test('runs no script and cannot be framed', async () => {
    const { headers } = await fetch(issuer.url);
    expect(headers.get('content-security-policy')).toMatch(
      /default-src 'none'.*frame-ancestors 'none'/,
    );
  });

  test('gives nothing to a form that names nobody', async () => {
    const answer = await fetch(issuer.url, { method: 'POST', body: new URLSearchParams() });
    expect([answer.status, await answer.json()]).toEqual([400, { error: 'invalid_request' }]);
  });

  test('shows as text what it is told', () => {
    const { ana } = SAMPLE_PATIENTS;
    const odd = { ...ana, id: '"><script>', name: { family: '<b>', given: ['&'] } };
    const given = { user: { kind: 'patient', patient: '<i>' }, token: '</textarea>' } as const;
    const page = loginPage({ odd }, given);
    expect(page).toContain('&amp; &lt;b&gt;');
    expect(page).not.toMatch(/<script|<b>|<i>/);
    expect(page.split('</textarea>')).toHaveLength(2);
  });
});
