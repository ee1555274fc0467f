import { expect, test } from '@jest/globals';
import { readConfig } from '../../infra/config.ts';
import { directTransmit } from '../../infra/direct-transmit.ts';
import { describeWith } from '../support/needs.ts';
import { named, resourcesOf } from './support/templates.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** A resource of each example by what tells it from the others, as `Stack Type`. */
const SHOWS = {
  sandbox: { has: ['SignIn AWS::Cognito::UserPool'], lacks: ['Network AWS::EC2::VPC'] },
  production: { has: ['Network AWS::EC2::VPC'], lacks: ['SignIn AWS::Cognito::UserPool'] },
  payer: { has: ['Mail AWS::SES::ReceiptRule'], lacks: ['Network AWS::EC2::VPC'] },
  'two-facilities': { has: ['Mail AWS::SES::ReceiptRule'], lacks: [] },
  'external-hisp': { has: [], lacks: ['Mail AWS::SES::ReceiptRule'] },
} as const;

const resourcesFor = (stage: string) =>
  resourcesOf(directTransmit({ config: readConfig({ stage }), outdir: temporaryFolder() }));

describeWith(['time'], 'each example is synthesised without an account', () => {
  test.each(Object.entries(SHOWS))(
    '%s shows what it is for',
    (stage, { has, lacks }) => {
      const resources = resourcesFor(stage);
      const kinds = new Set(resources.map((each) => `${each.stack} ${each.type}`));
      expect(has.filter((each) => !kinds.has(each))).toEqual([]);
      expect(lacks.filter((each) => kinds.has(each))).toEqual([]);
      const names = resources.map(({ properties }) => String(properties['FunctionName']));
      expect(names).toContain(`direct-transmit-${stage}-send-transmission`);
      expect(names.includes(`direct-transmit-${stage}-poll-mailbox`)).toBe(
        stage === 'external-hisp',
      );
    },
    60_000,
  );

  test('mail to both facilities is taken in', () => {
    const rule = resourcesFor('two-facilities').find(
      ({ type }) => type === 'AWS::SES::ReceiptRule',
    );
    expect(rule?.properties.Rule.Recipients.map(named)).toEqual([
      'records@direct.north.example.org',
      'records@direct.south.example.org',
    ]);
  }, 60_000);
});
