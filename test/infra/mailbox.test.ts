import { describe, expect, test } from '@jest/globals';
import { directTransmit } from '../../infra/direct-transmit.ts';
import { parseSettings } from '../../shared/settings.ts';
import { named, resourcesOf, SANDBOX, statementsOf, type Resource } from './support/templates.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const mailbox = { url: 'imaps://mail.hisp.example', of: 'hisp' };
const settings = parseSettings({ ...SANDBOX.settings, mailbox });
const resources = resourcesOf(
  directTransmit({ config: { ...SANDBOX, settings }, outdir: temporaryFolder() }),
);

const one = (type: string, id: RegExp): Resource['properties'] => {
  const [found, ...more] = resources.filter((each) => each.type === type && id.test(each.id));
  if (!found || more.length > 0) throw new Error(`There is not exactly one ${type} ${id}`);
  return found.properties;
};

describe('a mailbox that the settings name', () => {
  const polling = one('AWS::Lambda::Function', /^MailboxPollMailbox/);

  test('is asked each minute, and a run that fails is not repeated', () => {
    const rule = one('AWS::Events::Rule', /^MailboxPollMailbox/);
    expect(rule.ScheduleExpression).toBe('rate(1 minute)');
    expect(named(rule.Targets[0].Arn)).toBe('MailboxPollMailboxWorkerFunction');
    expect(rule.Targets[0].RetryPolicy.MaximumRetryAttempts).toBe(0);
    expect(polling.Timeout).toBe(60);
  });

  test('raises an alarm when it cannot be read, and when a mail was passed over', () => {
    const metrics = resources
      .filter(({ type }) => type === 'AWS::CloudWatch::Alarm')
      .map(({ properties }) => properties.MetricName);
    expect(metrics).toEqual(expect.arrayContaining(['MailSkipped', 'MailboxUnread']));
  });

  test('whoever reads it can put mail, and know how far it was read, and nothing of any patient', () => {
    const role = named(polling.Role);
    const statements = resources
      .filter(({ type }) => type === 'AWS::IAM::Policy')
      .filter(({ properties }) => properties.Roles.map(named).includes(role))
      .flatMap(({ properties }) => statementsOf(properties.PolicyDocument))
      .filter(({ actions }) => !/^(kms|logs):/.test(actions[0] ?? ''));
    const reach = statements.flatMap(({ actions, resources: targets }) =>
      targets.flatMap((target) => actions.map((action) => `${action} ${target}`)),
    );
    expect(reach.sort()).toEqual([
      'dynamodb:GetItem MainTable',
      'dynamodb:PutItem MainTable',
      's3:PutObject MailBucket/hisp/*',
      's3:PutObject MailBucket/posted/*',
      'secretsmanager:GetSecretValue VaultRelay',
    ]);
    const [table] = statements.filter(({ actions }) => actions.includes('dynamodb:PutItem'));
    expect(table?.conditions).toEqual({
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['MBX#*'] },
    });
  });
});
