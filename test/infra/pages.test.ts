import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../../infra/config.ts';
import { PRICES } from '../../infra/cli/cost/prices.ts';
import { directTransmit } from '../../infra/direct-transmit.ts';
import { rowsUnder } from '../support/page-rows.ts';
import { resourcesOf, synthesised } from './support/templates.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** What pages say of the templates. */

const pageOf = (name: string): string =>
  readFileSync(join(import.meta.dirname, `../../docs/${name}.md`), 'utf8');

const appOf = (stage: string) =>
  directTransmit({ config: readConfig({ stage }), outdir: temporaryFolder() });
const SANDBOX = appOf('sandbox');
/** With a network of its own, which the sandbox has none of. */
const PRODUCTION = appOf('production');

const RESOURCES = resourcesOf(SANDBOX);
/** What is told at the end of a deployment. */
const OUTPUTS = [SANDBOX, PRODUCTION].flatMap((app) =>
  synthesised(app).stacks.flatMap(({ template }) =>
    Object.keys((template.Outputs ?? {}) as object),
  ),
);

const count = (type: string): number => RESOURCES.filter((each) => each.type === type).length;

describe('docs/cost.md', () => {
  const rows = rowsUnder(pageOf('cost'), 'What is fixed');
  const said = (begins: string): number =>
    Number(/\$(\d+)/.exec(rows.find(([what]) => what?.startsWith(begins))?.[1] ?? '')?.[1]);

  test.each([
    ['keys in KMS', count('AWS::KMS::Key') * PRICES.keyMonth],
    ['secrets', count('AWS::SecretsManager::Secret') * PRICES.secretMonth],
    [
      'alarms',
      count('AWS::CloudWatch::Alarm') * PRICES.alarmMonth +
        count('AWS::CloudWatch::Dashboard') * PRICES.dashboardMonth,
    ],
  ])('says what %s cost, to two dollars', (what, dollars) => {
    expect(Math.abs(said(what) - dollars)).toBeLessThanOrEqual(2);
  });
});

const there = (begins: string): number =>
  Number(rowsUnder(pageOf('scale'), 'Arithmetic').find(([what]) => what?.startsWith(begins))?.[5]);
const source = (stack: string, id: string) =>
  RESOURCES.find(
    (each) =>
      each.type === 'AWS::Lambda::EventSourceMapping' && each.stack === stack && each.id.startsWith(id), // prettier-ignore
  )?.properties;

describe('docs/scale.md has from the templates', () => {
  test.each([
    ['senders at once', 'Core', 'SendTransmission'],
    ['readers of notices', 'Mail', 'ReceiveNotification'],
  ])('%s', (what, stack, id) => {
    expect(source(stack, id)?.['ScalingConfig']).toEqual({ MaximumConcurrency: there(what) });
  });

  test('calls of the API, and news of a batch', () => {
    const stage = RESOURCES.find(({ type }) => type === 'AWS::ApiGatewayV2::Stage')?.properties;
    expect(stage?.['DefaultRouteSettings']).toMatchObject({
      ThrottlingRateLimit: there('calls of the API'),
    });
    // Four shards, each five times a second.
    expect(4 * 5 * Number(source('Watch', 'Report')?.['BatchSize'])).toBe(there('news told'));
  });
});

const isMade = (name: string): boolean => OUTPUTS.some((output) => output.startsWith(name));

describe('docs/deploy.md', () => {
  const told = rowsUnder(pageOf('deploy'), '6. Deploy').flatMap(([name = '']) =>
    [...name.matchAll(/`(\w+)…?`/g)].map(([, output = '']) => output),
  );

  test('tells of outputs that are there', () => {
    // Only where a portal or a system is named.
    const sometimes = ['PortalClient'];
    expect(told.filter((name) => !isMade(name) && !sometimes.includes(name))).toEqual([]);
    expect(told.length).toBeGreaterThan(8);
  });

  test('tells of every one', () => {
    // By these stacks read of each other.
    const ours = OUTPUTS.filter((output) => !/^(Exports|Publish)Output/.test(output));
    expect(ours.filter((output) => !told.some((name) => output.startsWith(name)))).toEqual([]);
  });
});

/** Services that have no resource of their own in a template. */
const WITHOUT_RESOURCES = ['Certificate Manager', 'CloudFormation'];

describe('docs/compliance.md', () => {
  const rows = rowsUnder(pageOf('compliance'), 'Services');
  const namespaces = new Set(
    [...RESOURCES, ...resourcesOf(PRODUCTION)].map(({ type }) => /^AWS::(\w+)::/.exec(type)?.[1]).filter((name) => name !== undefined), // prettier-ignore
  );
  const told = rows.flatMap(([, types = '']) => [...types.matchAll(/`(\w+)`/g)].map(([, name]) => name ?? '')); // prettier-ignore

  test('has a row for each service that the templates use', () => {
    expect([...namespaces].filter((name) => !told.includes(name))).toEqual([]);
  });

  test('has no row for a service that they do not use', () => {
    const needless = rows.filter(
      ([service = '', types = '']) =>
        !WITHOUT_RESOURCES.includes(service) &&
        ![...namespaces].some((name) => types.includes(`\`${name}\``)),
    );
    expect(needless).toEqual([]);
  });

  test('says of each where patient data meets it', () => {
    expect(rows.filter((row) => row.length !== 4 || row.some((cell) => cell === ''))).toEqual([]);
  });
});

describe('docs/compliance.md, the safeguards', () => {
  const rows = rowsUnder(pageOf('compliance'), 'Safeguards');

  test('has every standard and specification of 45 CFR 164.312', () => {
    const clauses = rows.map(([clause = '']) => /^\S+/.exec(clause)?.[0]);
    expect(clauses).toEqual([
      '(a)(1)',
      '(a)(2)(i)',
      '(a)(2)(ii)',
      '(a)(2)(iii)',
      '(a)(2)(iv)',
      '(b)',
      '(c)(1)',
      '(c)(2)',
      '(d)',
      '(e)(1)',
      '(e)(2)(i)',
      '(e)(2)(ii)',
    ]);
  });

  test('names for each a file that does it and a test that shows it', () => {
    for (const [clause, , where = '', shown = ''] of rows) {
      expect([clause, where]).toEqual([clause, expect.stringMatching(/`(shared|lambdas|infra)\//)]);
      expect([clause, shown]).toEqual([clause, expect.stringMatching(/`test\/[\w./-]+`/)]);
    }
  });
});
