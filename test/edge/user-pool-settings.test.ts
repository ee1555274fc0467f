import { describe, expect, test } from '@jest/globals';
import { withUserPool } from '../../shared/settings-user-pool.ts';
import { identityOf, issuersBeside } from '../support/issuers.ts';

const CLINIC = {
  name: 'clinic',
  url: 'https://clinic.example.org',
  audiences: ['direct-transmit'],
};

describe('settings of a stage with a user pool of its own', () => {
  test('say how its tokens are read, where nobody wrote anything', () => {
    const { issuers } = withUserPool(identityOf());
    expect(issuers).toMatchObject([
      {
        name: 'default',
        form: 'cognito',
        algorithms: ['RS256'],
        claims: {
          kind: 'kind',
          patient: 'patient',
          relationship: 'relationship',
          authorityUntil: 'authority_until',
        },
      },
    ]);
  });

  test('keep what was written of it, and of others', () => {
    const stepUp = { maxAuthAgeSeconds: 300 };
    const written = identityOf({
      issuers: [CLINIC, { name: 'default', kinds: ['patient'], maxAuthAgeSeconds: 3600, stepUp }],
    });
    const { issuers } = withUserPool(written);
    expect(issuers[0]).toMatchObject({
      form: 'cognito',
      kinds: ['patient'],
      maxAuthAgeSeconds: 3600,
      stepUp,
    });
    expect(issuers.slice(1)).toEqual(written.issuers.slice(0, 1));
  });

  test.each([{ acr: ['loa2'] }, { amr: ['mfa'] }, { stepUp: { acr: ['loa3'] } }])(
    'are refused where they ask for what it never says: %j',
    (rule) => {
      const written = identityOf({ issuers: [{ name: 'default', ...rule }] });
      expect(() => withUserPool(written)).toThrow(/neither acr nor amr/);
    },
  );

  test('may be the same for several clients', () => {
    const [issuer] = issuersBeside({ url: 'https://login.example.org/', audience: 'portal ehr' });
    expect(issuer?.audiences).toEqual(['portal', 'ehr']);
  });
});
