import { describe, expect, test } from '@jest/globals';
import { ofReceiving } from '../../infra/contradictions/of-receiving.ts';
import type { Deployment } from '../../infra/config.ts';
import type { Settings } from '../../shared/settings.ts';
import { SANDBOX } from './support/templates.ts';

const said = (deployment: Partial<Deployment>, settings: Partial<Settings> = {}) =>
  ofReceiving.flatMap((look) =>
    look({
      settings: { ...SANDBOX.settings, ...settings },
      deployment: { ...SANDBOX.deployment, ...deployment },
    }),
  );

const mailbox = { url: 'imaps://mail.example.org', folder: 'INBOX', of: 'relay' } as const;

describe('a region in which SES is not known to take in mail', () => {
  test('is answered with a sentence that names every other way', () => {
    expect(said({ region: 'sa-east-1' })).toEqual([
      'deployment.region: SES is not known to take in mail in sa-east-1: write us-east-1, us-west-2, eu-west-1, ' +
        'or "elsewhere" as deployment.receiving and have mail fetched from a mailbox or posted to /v1/inbound-mail, ' +
        'or add "ses-receiving" to deployment.acknowledged if AWS lists the region for it',
    ]);
  });

  test.each([
    ['where mail comes in elsewhere', { receiving: 'elsewhere' }, {}],
    ['where a mailbox is asked', { receiving: undefined }, { mailbox }],
    ['where somebody looked it up', { acknowledged: ['ses-receiving'] }, {}],
  ] as const)('is taken %s', (_, deployment, settings) => {
    expect(said({ region: 'sa-east-1', ...deployment } as Partial<Deployment>, settings)).toEqual(
      [],
    );
  });

  test.each(['us-east-1', 'us-west-2', 'eu-west-1', undefined])('is not %s', (region) => {
    expect(said({ region })).toEqual([]);
  });
});

describe('a set of receipt rules of somebody else', () => {
  test('says nothing where SES takes in no mail', () => {
    const receiptRuleSet = 'default-rule-set';
    expect(said({ receiptRuleSet })).toEqual([]);
    expect(said({ receiptRuleSet, receiving: 'elsewhere' })).toEqual([
      'deployment.receiptRuleSet: SES takes in no mail: take it out, or write "ses" as deployment.receiving',
    ]);
  });
});
