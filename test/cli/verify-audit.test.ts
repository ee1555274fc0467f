import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { verifyAuditCommand } from '../../infra/cli/commands/verify-audit.ts';
import {
  localClientSettings,
  startDynamoDb,
  type LocalDynamoDb,
} from '../../infra/local/engines/dynamodb.ts';
import { auditIn } from '../../shared/adapters/audit/audit.ts';
import { factItem } from '../../shared/adapters/dynamo/ledger/history.ts';
import { dynamoTable } from '../../shared/adapters/dynamo/table/dynamo-table.ts';
import type { ReportId, TransmissionId } from '../../shared/ids.ts';
import { CHAINS } from '../../shared/report/audit/entry.ts';
import { inWordsOf } from '../../shared/report/audit/finding.ts';
import { reportOfFact } from '../../shared/report/report-of.ts';
import type { Audited } from '../../shared/report/report.ts';
import type { Fact } from '../../shared/transmission/facts.ts';
import { withAwsEnv } from '../adapters/aws-env.ts';
import { transmission } from '../contracts/stores/samples.ts';
import { temporaryFolder } from '../infra/support/temporary-folder.ts';
import { commit, CRIMES, cutOff, fillAudit, writeAgain } from '../report/audit/crimes.ts';
import { emptyTables } from '../support/empty-tables.ts';
import { accepted, intent } from '../support/histories.ts';
import { describeWith } from '../support/needs.ts';
import { runCli } from './run-cli.ts';

const verify = (...args: string[]) =>
  runCli({ 'verify-audit': verifyAuditCommand }, 'verify-audit', ...args);

describeWith(['java'], 'verify-audit, on a real table', () => {
  let local: LocalDynamoDb;
  let client: DynamoDBClient;
  let freshName: () => Promise<string>;
  let freshMain: () => Promise<string>;
  let restoreEnv: () => void;

  beforeAll(async () => {
    local = await startDynamoDb();
    restoreEnv = withAwsEnv({ AWS_ENDPOINT_URL_DYNAMODB: local.endpoint });
    client = new DynamoDBClient(localClientSettings(local.endpoint));
    freshName = await emptyTables('Audit', client);
    freshMain = await emptyTables('Main', client);
  }, 90_000);
  afterAll(async () => {
    restoreEnv();
    client.destroy();
    await local.close();
  });

  async function filled() {
    const name = await freshName();
    const table = dynamoTable(name, client);
    await fillAudit(table);
    return { name, table };
  }

  test('finds all as it was entered where nobody touched it, and keeps the heads', async () => {
    const { name } = await filled();
    const { exitCode, out } = await verify('--table', name);
    expect(exitCode).toBe(0);
    expect(out).toEqual(['96 entries with 192 events: all are as they were entered']);
    const { out: json } = await verify('--table', name, '--json');
    const said: unknown = JSON.parse(json[0] ?? '');
    expect(said).toMatchObject({ entries: 96, events: 192, findings: [] });
    expect(said).toHaveProperty('heads.length', CHAINS);
  }, 60_000);

  /** Each in a chain of its own. */
  const names = Object.keys(CRIMES);
  const namesAll = async (crimes: readonly string[]): Promise<void> => {
    const { name, table } = await filled();
    const expected = await Promise.all(crimes.map((crime, chain) => commit(crime, table, chain)));
    const { exitCode, out } = await verify('--table', name);
    expect(exitCode).toBe(1);
    expect(out.slice(0, -1).toSorted()).toEqual(expected.flat().map(inWordsOf).sort());
    expect(out.at(-1)).toMatch(/^\d+ entries with \d+ events: \d+ findings$/);
  };

  const NAMES = 'names everything that was done, and nothing else';
  test(`${NAMES}: the first`, () => namesAll(names.slice(0, CHAINS)), 60_000);

  describeWith(['time'], 'after more crimes', () => {
    test(`${NAMES}: the others`, () => namesAll(names.slice(CHAINS)), 60_000);
  });

  test.each([
    ['cut off', cutOff],
    ['written again', writeAgain],
  ])(
    'names the end of a chain that was %s, by the heads of an earlier run',
    async (_, crime) => {
      const { name, table } = await filled();
      const { out: kept } = await verify('--table', name, '--json');
      const file = join(temporaryFolder(), 'heads.json');
      writeFileSync(file, kept.join('\n'));
      const expected = await crime(table);

      expect((await verify('--table', name)).exitCode).toBe(0);
      const { exitCode, out } = await verify('--table', name, '--heads', file);
      expect(exitCode).toBe(1);
      expect(out.slice(0, -1)).toEqual([inWordsOf(expected)]);
    },
    60_000,
  );

  test('names what happened, by the table Main, and is not in the audit; what is new may be on its way', async () => {
    const { name, table: audit } = await filled();
    const mainName = await freshMain();
    const main = dynamoTable(mainName, client);
    /** Handed over at that time; the audit is told of a copy, and not of what was about to be done with it. */
    const handOver = async (id: string, at: Date): Promise<readonly Audited[]> => {
      const copy = transmission(id);
      const facts = [intent(), accepted()].map((fact, index): Fact => ({
        ...fact,
        sequence: index + 1,
        at: at.toISOString(),
      }));
      await main.write(facts.map((fact) => ({ put: factItem(copy.id, fact) })));
      return facts.flatMap((fact) => reportOfFact(fact, copy) ?? []);
    };
    const twoHoursAgo = new Date(Date.now() - 2 * 3600 * 1000);
    await auditIn(audit).append(await handOver('tx_entered', twoHoursAgo), new Date());
    const [forgotten] = await handOver('tx_forgotten', twoHoursAgo);
    await handOver('tx_new', new Date());

    const { exitCode, out } = await verify('--table', name, '--main', mainName);
    const reportId = forgotten?.report.id as ReportId;
    const about = 'tx_forgotten' as TransmissionId;
    expect(exitCode).toBe(1);
    expect(out.slice(0, -1)).toEqual([inWordsOf({ what: 'report-missing', reportId, about })]);
  }, 60_000);

  test('says in one line that there is no such table', async () => {
    const { exitCode, out, err } = await verify('--table', 'nowhere');
    expect(exitCode).toBe(1);
    expect(out).toEqual([]);
    expect(err).toEqual([expect.stringMatching(/^ResourceNotFoundException: /)]);
  });
});

describe('verify-audit', () => {
  test('wants to know which table', async () => {
    const { exitCode, err } = await verify();
    expect(exitCode).toBe(1);
    expect(err[0]).toMatch(/^Name the table with --table\. Usage: verify-audit /);
  });

  test('says of a file that it holds no heads', async () => {
    const file = join(temporaryFolder(), 'heads.json');
    writeFileSync(file, '{"heads":[{"chain":16,"number":1,"sha256":""}]}');
    const { err } = await verify('--table', 'any', '--heads', file);
    expect(err).toEqual([`${file} is not what verify-audit prints with --json.`]);
  });
});
