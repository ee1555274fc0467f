import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { goCommand } from '../../infra/cli/commands/go.ts';
import { holdCommand } from '../../infra/cli/commands/hold.ts';
import { holdsCommand } from '../../infra/cli/commands/holds.ts';
import { releaseHoldCommand } from '../../infra/cli/commands/release-hold.ts';
import { stopCommand } from '../../infra/cli/commands/stop.ts';
import { switchesCommand } from '../../infra/cli/commands/switches.ts';
import {
  localClientSettings,
  startDynamoDb,
  type LocalDynamoDb,
} from '../../infra/local/engines/dynamodb.ts';
import { withAwsEnv } from '../adapters/aws-env.ts';
import { ADA_KEY } from '../contracts/stores/samples.ts';
import { emptyTables } from '../support/empty-tables.ts';
import { describeWith } from '../support/needs.ts';
import { runCli } from './run-cli.ts';

const COMMANDS = {
  stop: stopCommand,
  go: goCommand,
  switches: switchesCommand,
  hold: holdCommand,
  'release-hold': releaseHoldCommand,
  holds: holdsCommand,
};

async function transmit(...words: readonly string[]) {
  const { exitCode: code, out, err } = await runCli(COMMANDS, ...words);
  return { code, out, err, last: out.at(-1) };
}

describeWith(['java'], 'an operator who changes something safely, at a real table', () => {
  let local: LocalDynamoDb;
  let client: DynamoDBClient;
  let restoreEnv: () => void;

  beforeAll(async () => {
    local = await startDynamoDb();
    client = new DynamoDBClient(localClientSettings(local.endpoint));
    const name = await (await emptyTables('Main', client))();
    restoreEnv = withAwsEnv({ AWS_ENDPOINT_URL_DYNAMODB: local.endpoint, MAIN_TABLE: name });
  }, 90_000);
  afterAll(async () => {
    restoreEnv();
    client.destroy();
    await local.close();
  });

  test('stops sending, sees it, and lets it go on', async () => {
    expect(await transmit('switches')).toMatchObject({ code: 0, last: 'Nothing is stopped' });
    const stopped = await transmit('stop', 'sending', '--reason', 'incident-4711', '--by', 'kim');
    expect(stopped).toMatchObject({ code: 0 });
    expect(stopped.last).toMatch(/^sending is stopped since 20/);
    expect((await transmit('stop', 'sending', '--reason', 'other')).last).toMatch(
      /^sending was stopped already, for incident-4711, since/,
    );
    const seen = await transmit('switches');
    expect(seen.last).toBe('Stopped: sending');
    expect(seen.out.join('\n')).toMatch(/sending {2}stopped since .* by kim: incident-4711/);
    expect((await transmit('go', 'sending', '--by', 'kim')).last).toBe('sending goes on');
    expect((await transmit('go', 'sending', '--by', 'kim')).last).toBe('sending was not stopped');
  });

  test('holds what is kept of a patient, and releases it', async () => {
    const placed = await transmit('hold', ADA_KEY, '--reason', 'case-17', '--by', 'kim');
    expect(placed.last).toMatch(/: under a hold since .*, for case-17$/);
    const listed = await transmit('holds');
    expect(listed.last).toBe('1 patients are under a hold');
    expect(listed.out.join('\n')).toContain(`${ADA_KEY}  since`);
    expect((await transmit('release-hold', ADA_KEY, '--by', 'kim')).last).toBe(
      `${ADA_KEY}: the hold is over`,
    );
    expect(await transmit('release-hold', ADA_KEY, '--by', 'kim')).toMatchObject({
      code: 1,
      last: `${ADA_KEY}: under no hold`,
    });
  });

  test.each([
    ['no such switch', ['stop', 'everything', '--reason', 'x'], 'There is no switch'],
    ['no reason', ['stop', 'sending'], 'Name the reason'],
    ['a sentence', ['stop', 'sending', '--reason', 'Ana Rivera asked'], '--reason takes one word'],
    ['an id without the pepper', ['hold', 'ana', '--reason', 'x'], 'needs --pepper-secret'],
  ])('is refused: %s', async (_, words, says) => {
    const refused = await transmit(...words);
    expect(refused.code).toBe(1);
    expect(refused.err.join('\n')).toContain(says);
  });
});
