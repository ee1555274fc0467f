import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { disclosuresCommand } from '../../infra/cli/commands/disclosures.ts';
import {
  localClientSettings,
  startDynamoDb,
  type LocalDynamoDb,
} from '../../infra/local/engines/dynamodb.ts';
import {
  startSecretsEndpoint,
  type SecretsEndpoint,
} from '../../infra/local/engines/secrets-endpoint.ts';
import { auditIn } from '../../shared/adapters/audit/audit.ts';
import { dynamoTable } from '../../shared/adapters/dynamo/table/dynamo-table.ts';
import { keyingWith, patientKeyOf, type PatientId } from '../../shared/ids.ts';
import type { Audited } from '../../shared/report/report.ts';
import { withAwsEnv } from '../adapters/aws-env.ts';
import { emptyTables } from '../support/empty-tables.ts';
import { describeWith } from '../support/needs.ts';
import { auditedOf } from '../support/reports.ts';
import { runCli } from './run-cli.ts';

const disclosures = (...args: string[]) =>
  runCli({ disclosures: disclosuresCommand }, 'disclosures', ...args);

const PEPPER = 'a pepper of the tests';
const ADA = patientKeyOf('ada' as PatientId, keyingWith(PEPPER));
const DAY = 86_400;

/** Reports of four copies: what is told of each, of whom, to whom, and how many days after the first. */
const TOLD: readonly Audited[] = [
  auditedOf('one', 'transmission.requested', -1),
  auditedOf('one', 'transmission.sent', 0),
  auditedOf('one', 'transmission.processed', 30),
  auditedOf('two', 'transmission.uncertain', DAY),
  auditedOf('two', 'transmission.dispatched', DAY + 60),
  { ...auditedOf('three', 'transmission.sent', 2 * DAY), address: 'Kim@Direct.ward.example' },
  { ...auditedOf('four', 'transmission.sent', 3 * DAY), patientKey: ADA },
];

/** Which copies are listed, each as its name and how sure it is that it left. */
async function listed(...args: string[]): Promise<readonly string[]> {
  const { exitCode, out } = await disclosures(...args);
  expect(exitCode).toBe(0);
  return out.slice(0, -1).map((line) => line.split(/ +/).slice(1, 3).join(' '));
}

describeWith(['java'], 'disclosures, of a real table', () => {
  let local: LocalDynamoDb;
  let secrets: SecretsEndpoint;
  let restoreEnv: () => void;

  beforeAll(async () => {
    local = await startDynamoDb();
    secrets = await startSecretsEndpoint({ secrets: { pepper: PEPPER } });
    const client = new DynamoDBClient(localClientSettings(local.endpoint));
    const table = await (await emptyTables('Audit', client))();
    restoreEnv = withAwsEnv({
      AWS_ENDPOINT_URL_DYNAMODB: local.endpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
      AUDIT_TABLE: table,
    });
    await auditIn(dynamoTable(table, client)).append(TOLD, new Date());
    client.destroy();
  }, 90_000);
  afterAll(async () => {
    restoreEnv();
    await secrets.close();
    await local.close();
  });

  const ALL_OF_ONE = ['sent tx_one', 'uncertain tx_two', 'sent tx_two', 'sent tx_three'];

  test('shows of each when, how sure, which copy and request, to whom, and by what it is known', async () => {
    const { out } = await disclosures('--patient', TOLD[0]?.patientKey ?? '');
    expect(out.slice(0, 3)).toEqual([
      '2026-11-22T10:00:00.000Z  sent       tx_one  req_aaaaaaaaaaaaaaaaaaaaaaaaaa  dr.lee@direct.clinic.example  (transmission.sent)',
      '2026-11-23T10:00:00.000Z  uncertain  tx_two  req_aaaaaaaaaaaaaaaaaaaaaaaaaa  dr.lee@direct.clinic.example  (transmission.uncertain)',
      '2026-11-23T10:01:00.000Z  sent       tx_two  req_aaaaaaaaaaaaaaaaaaaaaaaaaa  dr.lee@direct.clinic.example  (transmission.dispatched)',
    ]);
    expect(out.at(-1)).toBe('4 disclosures of 3 copies');
  });

  test('gives the same to programs', async () => {
    const { out } = await disclosures('--address', 'kim@direct.ward.example', '--json');
    expect(JSON.parse(out[0] ?? '')).toEqual({
      disclosures: [
        {
          reportId: expect.stringMatching(/^rep_/),
          at: '2026-11-24T10:00:00.000Z',
          certainty: 'sent',
          knownBy: 'transmission.sent',
          transmissionId: 'tx_three',
          requestId: 'req_aaaaaaaaaaaaaaaaaaaaaaaaaa',
          patientKey: TOLD[0]?.patientKey,
          address: 'Kim@Direct.ward.example',
        },
      ],
    });
  });

  test('of a patient, by the key', async () => {
    expect(await listed('--patient', TOLD[0]?.patientKey ?? '')).toEqual(ALL_OF_ONE);
  });

  test('of a patient, by the id that the data holder uses', async () => {
    expect(await listed('--patient', 'ada', '--pepper-secret', 'pepper')).toEqual(['sent tx_four']);
  });

  test.each([
    ['one', ['2026-11-22', '2026-11-22'], ['sent tx_one']],
    ['some', ['2026-11-23', '2026-11-24'], ALL_OF_ONE.slice(1)],
    ['none', ['2026-11-26', '2026-12-31'], []],
  ])('between two days, UTC, both of them with it: %s', async (_, days, expected) => {
    expect(await listed('--between', ...days)).toEqual(expected);
  });

  test('to an address that nothing went to: none', async () => {
    expect(await listed('--address', 'nobody@direct.ward.example')).toEqual([]);
  });
});

describe('disclosures', () => {
  test.each([
    ['nothing', [], /^Name one of --patient, --address and --between/],
    ['two questions', ['--patient', 'pat_a', '--address', 'a@b.example'], /^Name one of/],
    ['an id without a pepper', ['--patient', 'ada'], /an id needs --pepper-secret\.$/],
    ['no address', ['--address', 'a b'], /^--address: discover\/bad-address/],
    ['one day', ['--between', '2026-11-22'], /^--between takes the first and the last day/],
    ['days in the wrong order', ['--between', '2026-11-23', '2026-11-22'], /^--between takes/],
    ['a day that there is not', ['--between', '2026-02-30', '2026-03-01'], /^--between takes/],
    ['more days than ten years', ['--between', '2006-01-01', '2026-01-01'], /^--between takes/],
    ['a word too many', ['--address', 'a@b.example', 'c'], /^Nothing is asked with "c"/],
  ])('is asked %s, and says what it takes', async (_, args, words) => {
    const { exitCode, err } = await disclosures(...args, '--table', 'any');
    expect(exitCode).toBe(1);
    expect(err[0]).toMatch(words);
  });
});
