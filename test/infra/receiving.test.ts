import { describe, expect, test } from '@jest/globals';
import { all, outputsWith, resourcesWith, type Changes } from './support/changed-stage.ts';
import { named, SANDBOX, statementsOf } from './support/templates.ts';

const OWN = 'smtps://relay.example.org';

describe('where SES takes in mail', () => {
  const resources = resourcesWith();
  const [rule, ...more] = all(resources, 'AWS::SES::ReceiptRule');

  test('a set of the stage’s own is activated once its rule is there, and taken back before', () => {
    expect(more).toEqual([]);
    expect(all(resources, 'AWS::SES::ReceiptRuleSet')).toHaveLength(1);
    const [active, ...others] = all(resources, 'Custom::ActiveRuleSet');
    expect(others).toEqual([]);
    expect(active?.properties).toMatchObject({ RuleSetName: 'direct-transmit-sandbox' });
    expect(named(active?.properties.ServiceToken)).toBe('InboundReceiptActivationWorkerFunction');
    expect(active?.dependsOn).toEqual(
      expect.arrayContaining(['InboundReceiptRule', 'InboundReceiptSet']),
    );
    expect(rule?.dependsOn).toContain('InboundReceiptSet');
    // Three calls of a minute, and the three minutes that Lambda waits in between.
    expect(Number(active?.properties.ServiceTimeout)).toBeGreaterThan(6 * 60);
  });

  test('the function activates the set that has the rule', () => {
    const fn = all(resources, 'AWS::Lambda::Function').find(({ properties }) =>
      String(properties.FunctionName).endsWith('-activate-receipt-rules'),
    );
    const set = fn?.properties.Environment.Variables.RECEIPT_RULE_SET;
    expect(set).toBe(rule?.properties.RuleSetName);
    expect(all(resources, 'AWS::SES::ReceiptRuleSet')[0]?.properties.RuleSetName).toBe(set);
  });

  test('SES writes by our rules alone', () => {
    const policies = [
      ...all(resources, 'AWS::S3::BucketPolicy').map(({ properties }) => properties.PolicyDocument),
      ...all(resources, 'AWS::KMS::Key').map(({ properties }) => properties.KeyPolicy),
    ];
    const sources = policies
      .flatMap(statementsOf)
      .filter(({ principal }) => JSON.stringify(principal).includes('ses.amazonaws.com'))
      .map(({ conditions }) => conditions['StringEquals']?.['aws:SourceArn'])
      .filter((arn) => arn !== undefined)
      .map((arn) => named(arn).split(':').slice(-2).join(':'));
    const written = 'receipt-rule-set/direct-transmit-sandbox:receipt-rule/direct-transmit-sandbox';
    expect(sources.filter((arn) => arn === written)).toHaveLength(2);
  });

  test('many senders are told to SES a hundred at a time, and the bucket hears of each rule', () => {
    const [sender] = SANDBOX.settings.senders;
    if (!sender) throw new Error('The sandbox has no sender');
    const senders = Array.from({ length: 201 }, (_, at) => ({
      ...sender,
      address: `s${at}@direct.example.org` as typeof sender.address,
    }));
    const many = resourcesWith({ settings: { senders } });
    const rules = all(many, 'AWS::SES::ReceiptRule').map(({ properties }) => properties.Rule);
    expect(rules.map(({ Name: name }) => name)).toEqual([
      'direct-transmit-sandbox',
      'direct-transmit-sandbox-2',
      'direct-transmit-sandbox-3',
    ]);
    expect(rules.map(({ Recipients: to }) => to.length)).toEqual([100, 100, 1]);
    const bucket = all(many, 'AWS::S3::BucketPolicy')
      .flatMap(({ properties }) => statementsOf(properties.PolicyDocument))
      .find(({ principal }) => JSON.stringify(principal).includes('ses.amazonaws.com'));
    expect(bucket?.conditions['StringEquals']?.['aws:SourceArn']).toHaveLength(3);
    expect(all(many, 'Custom::ActiveRuleSet')[0]?.dependsOn).toContain('InboundReceiptRule3');
  });
});

describe('where somebody else’s set of receipt rules is active', () => {
  const resources = resourcesWith({
    deployment: { receiptRuleSet: 'default-rule-set', sesTls: 'REQUIRE' },
  });

  test('our rule is put into it, under a name of ours, and nothing is activated', () => {
    const [rule] = all(resources, 'AWS::SES::ReceiptRule');
    expect(rule?.properties).toMatchObject({
      RuleSetName: 'default-rule-set',
      Rule: { Name: 'direct-transmit-sandbox' },
    });
    // At the beginning.
    expect(rule?.properties).not.toHaveProperty('After');
    expect(all(resources, 'AWS::SES::ReceiptRuleSet')).toEqual([]);
    expect(all(resources, 'Custom::ActiveRuleSet')).toEqual([]);
  });

  test('and the settings ask for TLS, the configuration set does', () => {
    const [set] = all(resources, 'AWS::SES::ConfigurationSet');
    expect(set?.properties.DeliveryOptions.TlsPolicy).toBe('REQUIRE');
  });
});

describe('where mail comes in elsewhere', () => {
  const mailbox = { url: 'imaps://mail.example.org', folder: 'INBOX', of: 'relay' } as const;

  test.each([
    ['it is said', { deployment: { receiving: 'elsewhere' } }],
    ['there is a mailbox', { deployment: { receiving: undefined }, settings: { mailbox } }],
  ] as const)('SES is asked for nothing of it: %s', (_, changes) => {
    const resources = resourcesWith({ ...changes });
    const types = new Set(resources.map(({ type }) => type));
    expect([...types].filter((type) => /Receipt|RuleSet/.test(type))).toEqual([]);
    const bucket = all(resources, 'AWS::S3::BucketPolicy')
      .flatMap(({ properties }) => statementsOf(properties.PolicyDocument))
      .filter(({ principal }) => JSON.stringify(principal).includes('ses.amazonaws.com'));
    expect(bucket).toEqual([]);
  });

  test('no output asks for an MX', () => {
    const outputs = outputsWith({ deployment: { receiving: 'elsewhere' } });
    expect(JSON.stringify(outputs)).not.toContain('inbound-smtp');
    expect(outputs['NextSteps']).toContain('posted to POST /v1/inbound-mail');
  });

  test('and no copy goes by SES, there is no identity and no record', () => {
    const changes: Changes = { deployment: { receiving: 'elsewhere', relayUrl: OWN } };
    expect(all(resourcesWith(changes), 'AWS::SES::EmailIdentity')).toEqual([]);
    const outputs = outputsWith(changes);
    expect(Object.keys(outputs).filter((name) => name.startsWith('DnsRecords'))).toEqual([]);
    expect(outputs['NextSteps']).not.toMatch(/DNS, |DnsRecords|sandbox/);
  });
});
