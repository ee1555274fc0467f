import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { resolveCommand } from '../../infra/cli/commands/resolve.ts';
import { retryCommand } from '../../infra/cli/commands/retry.ts';
import { showCommand } from '../../infra/cli/commands/show.ts';
import {
  localClientSettings,
  startDynamoDb,
  type LocalDynamoDb,
} from '../../infra/local/engines/dynamodb.ts';
import { ROUTES } from '../../lambdas/routes.ts';
import { domainStore } from '../../shared/adapters/dynamo/domains.ts';
import { ledger } from '../../shared/adapters/dynamo/ledger.ts';
import type { Table } from '../../shared/adapters/dynamo/table.ts';
import { dynamoTable } from '../../shared/adapters/dynamo/table/dynamo-table.ts';
import {
  batchIdOf,
  type RequestId,
  transmissionIdOf,
  type TransmissionId,
} from '../../shared/ids.ts';
import { done } from '../../shared/outcome.ts';
import type { FactBody } from '../../shared/transmission/facts.ts';
import { withAwsEnv } from '../adapters/aws-env.ts';
import { LEE, transmission } from '../contracts/stores/samples.ts';
import { emptyTables } from '../support/empty-tables.ts';
import { atSecond, deferred, intent, overdue, uncertain } from '../support/histories.ts';
import { describeWith } from '../support/needs.ts';
import { openCopy } from '../support/open-copy.ts';
import { runCli } from './run-cli.ts';

const COMMANDS = { show: showCommand, resolve: resolveCommand, retry: retryCommand };
const NOBODY = `tx_${'z'.repeat(26)}`;

/** Long after any test. */
const FAR_SECONDS = 10 * 365 * 86_400;

describeWith(['java'], 'an operator, at a real table', () => {
  let local: LocalDynamoDb;
  let client: DynamoDBClient;
  let table: Table;
  let restoreEnv: () => void;

  beforeAll(async () => {
    local = await startDynamoDb();
    client = new DynamoDBClient(localClientSettings(local.endpoint));
    const name = await (await emptyTables('Main', client))();
    table = dynamoTable(name, client);
    restoreEnv = withAwsEnv({ AWS_ENDPOINT_URL_DYNAMODB: local.endpoint, MAIN_TABLE: name });
  }, 90_000);
  afterAll(async () => {
    restoreEnv();
    client.destroy();
    await local.close();
  });

  let count = 0;
  /** A copy to which this has happened, in one second after the other. */
  async function copy(...facts: readonly FactBody[]): Promise<TransmissionId> {
    const id = transmissionIdOf('req_a' as RequestId, batchIdOf(`${(count += 1)}`), LEE);
    await openCopy(table, transmission(id), atSecond(0));
    for (const [second, fact] of facts.entries()) {
      await happened(id, fact, second + 1);
    }
    return id;
  }

  const happened = (id: TransmissionId, fact: FactBody, second: number) =>
    ledger(table).append(id, atSecond(second), () => done({ facts: [fact] }));

  const kindsOf = async (id: TransmissionId) => {
    const read = await ledger(table).read(id);
    return read.ok ? read.value.facts.map(({ kind }) => kind) : [];
  };

  test('show tells what happened to a copy: when, what, in words, with what else is known', async () => {
    const id = await copy(intent(), uncertain(), {
      kind: 'ended',
      end: 'failed',
      code: 'deliver/refused',
      detail: 'SMTP 550',
    });
    const { exitCode, out } = await runCli(COMMANDS, 'show', id);
    expect(exitCode).toBe(0);
    expect(out).toEqual([
      `${id} to dr.lee@direct.clinic.example, from records@direct.holder.example`,
      expect.stringMatching(/^for req_\w+.*, since 2026-11-22T10:00:00\.000Z$/),
      '',
      '2026-11-22T10:00:00.000Z  requested         A copy of the record was asked for.',
      expect.stringContaining('trigger discharge'),
      expect.stringMatching(/^2026-11-22T10:00:01\.000Z {2}intent {12}The copy was packaged/),
      expect.stringMatching(
        /^ +attempt 1, documents 1, messageBytes 1000, messageId m@holder\.example, proved mailbox$/,
      ),
      expect.stringMatching(/^2026-11-22T10:00:02\.000Z {2}uncertain {9}The connection was lost/),
      expect.stringContaining('attempt 1'),
      '2026-11-22T10:00:03.000Z  ended             The mail relay refused the message.',
      expect.stringMatching(/^ +code deliver\/refused, detail SMTP 550, end failed$/),
      '',
      'direct.clinic.example has never confirmed anything.',
      `${id}: failed, deliver/refused`,
    ]);
  });

  test('show says who has it in hand, and what its domain has confirmed', async () => {
    const id = await copy();
    const lease = { owner: 'w', attempt: 3, until: atSecond(90).toISOString() };
    await ledger(table).append(id, atSecond(1), () => done({ facts: [], lease }));
    await domainStore(table).confirmed('direct.clinic.example', 'processed', atSecond(5));
    const { out } = await runCli(COMMANDS, 'show', id);
    expect(out).toContain(`in hand of a worker until ${lease.until} (attempt 3)`);
    expect(out.at(-2)).toBe(
      'direct.clinic.example has confirmed so far: 1 processed (the last 2026-11-22T10:00:05.000Z), 0 dispatched, 0 failed.',
    );
    expect(out.at(-1)).toBe(`${id}: waiting`);
  });

  test('show gives the same to programs', async () => {
    const id = await copy(deferred(1, 60));
    const { out, err } = await runCli(COMMANDS, 'show', id, '--json');
    expect(JSON.parse(out.join('\n'))).toMatchObject({
      id,
      address: 'dr.lee@direct.clinic.example',
      status: 'waiting',
      timeline: [
        { kind: 'requested', sequence: 1, sentence: 'A copy of the record was asked for.' },
        { kind: 'deferred', code: 'deliver/deferred', attempt: 1 },
      ],
      domain: { domain: 'direct.clinic.example' },
    });
    expect(err).toEqual([`${id}: waiting`]);
  });

  test.each([
    ['sent', 'sent'],
    ['not-sent', 'waiting'],
  ])(
    'resolve says of an uncertain copy that it was %s, and the table knows',
    async (as, status) => {
      const id = await copy(intent(), uncertain());
      const { exitCode, out } = await runCli(COMMANDS, 'resolve', id, '--as', as, '--attempt', '1');
      expect([exitCode, out.at(-1)]).toEqual([0, `${id}: resolved as ${as}; it is ${status} now`]);
      expect(await kindsOf(id)).toEqual(['requested', 'intent', 'uncertain', 'resolved']);
      expect((await runCli(COMMANDS, 'resolve', id, '--as', as, '--attempt', '1')).exitCode).toBe(
        0,
      );
      expect(await kindsOf(id)).toHaveLength(4);
    },
  );

  test('deliver/not-uncertain: resolve refuses what is not uncertain', async () => {
    const id = await copy();
    const { exitCode, err } = await runCli(
      COMMANDS,
      'resolve',
      id,
      '--as',
      'sent',
      '--attempt',
      '1',
    );
    expect([exitCode, err]).toEqual([1, [expect.stringMatching(/^deliver\/not-uncertain: /)]]);
    expect(await kindsOf(id)).toEqual(['requested']);
  });

  test('retry makes a copy due that waits', async () => {
    const id = await copy(deferred(1, FAR_SECONDS));
    const { exitCode, out } = await runCli(COMMANDS, 'retry', id);
    expect([exitCode, out.at(-1)]).toEqual([0, `${id}: due now; it is waiting now`]);
    expect(await kindsOf(id)).toEqual(['requested', 'deferred', 'hastened']);
  });

  test('transmission/ended: retry says what there is instead, by a route that there is', async () => {
    const id = await copy(overdue);
    const { exitCode, err } = await runCli(COMMANDS, 'retry', id);
    const [line = '', ...others] = err;
    expect([exitCode, others]).toEqual([1, []]);
    const [, method, path] =
      /^transmission\/ended: .* Another copy is of another request \((\S+) (\S+)\), or/.exec(
        line,
      ) ?? [];
    expect(ROUTES).toContainEqual(expect.objectContaining({ method, path }));
  });

  test('transmission/unknown: there is no such copy', async () => {
    for (const args of [
      ['show'],
      ['retry'],
      ['resolve', '--as', 'sent', '--attempt', '1'],
    ] as const) {
      const [command, ...rest] = args;
      const { exitCode, err } = await runCli(COMMANDS, command, NOBODY, ...rest);
      expect([exitCode, err]).toEqual([1, [expect.stringMatching(/^transmission\/unknown: /)]]);
    }
  });
});

describe('the commands of an operator', () => {
  test.each([
    [['show'], 'Name one transmission.'],
    [['show', 'a', 'b'], 'Name one transmission.'],
    [['show', 'tx_1', '--table', 'Main'], 'transmission/unknown: '],
    [['show', NOBODY], 'Name the table with --table.'],
    [['retry', NOBODY], 'Name the table with --table.'],
    [['resolve', NOBODY, '--table', 'Main'], 'Name what became of it with --as.'],
    [['resolve', NOBODY, '--as', 'lost'], '--as takes sent or not-sent; not lost.'],
    [['resolve', NOBODY, '--as', 'sent'], 'Name the uncertain attempt with --attempt.'],
    [['resolve', NOBODY, '--as', 'sent', '--attempt', 'one'], '--attempt takes the number'],
  ])('refuse %j', async ([command = '', ...args], line) => {
    const { exitCode, err } = await runCli(COMMANDS, command, ...args);
    expect([exitCode, err[0]?.slice(0, line.length)]).toEqual([1, line]);
  });
});
