import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { costCommand } from '../../infra/cli/commands/cost.ts';
import { monthlyCost, totalOf } from '../../infra/cli/cost/monthly-cost.ts';
import { ONE_COPY } from '../../infra/cli/cost/one-copy.ts';
import { PRICES } from '../../infra/cli/cost/prices.ts';
import { folderFor } from '../cli/files.ts';
import { runCli } from '../cli/run-cli.ts';
import { rowsUnder } from '../support/page-rows.ts';
import { countOneCopy } from './one-copy.ts';
import { BLOCKS, textOf } from './pages.ts';

const PAGE = textOf('docs/cost.md');
const write = folderFor('cost');

const cost = (...args: string[]) => runCli({ cost: costCommand }, 'cost', ...args);
const totalIn = (out: readonly string[]): string => /: (\$\d+(\.\d\d)?), /.exec(out.at(-1)!)?.[1] ?? ''; // prettier-ignore

test('one copy takes of the tables what the reckoning says, within a tenth', async () => {
  const { main, audit, events } = await countOneCopy();
  const [writes, reads] = [main.writes + audit.writes, main.reads + audit.reads];
  expect(Math.abs(writes / ONE_COPY.writeUnits - 1)).toBeLessThan(0.1);
  expect(Math.abs(reads / ONE_COPY.readUnits - 1)).toBeLessThan(0.1);
  expect(events).toBe(ONE_COPY.busEvents);
});

describe('docs/cost.md', () => {
  const worked = rowsUnder(PAGE, 'Worked at three sizes');

  test('works it at three sizes and two of the zip, by both relays', () => {
    expect(worked).toHaveLength(6);
  });

  test.each(worked.map((row) => [...row]))(
    '%s copies of %s MB cost what the command says',
    async (copies = '', megabytes = '', bySmtp = '', bySes = '') => {
      const month = ['--copies', copies.replaceAll(' ', ''), '--megabytes', megabytes];
      const [smtp, ses] = await Promise.all([cost(...month), cost(...month, '--relay', 'ses')]);
      expect([bySmtp, bySes]).toEqual([totalIn(smtp.out), totalIn(ses.out)]);
    },
  );

  test.each(['smtp', 'ses'] as const)(
    'has the formula by which the command reckons: %s',
    (relay) => {
      const formula = BLOCKS.find(({ info }) => info.join(' ') === 'text formula')?.text ?? '';
      const lines = formula.replaceAll(/\n +/g, ' ').split('\n');
      const terms = Object.fromEntries(lines.map((line) => line.split(/ *= /)));
      const inFull = `((wire, each) => ${terms[relay]})(${terms['wire']}, ${terms['each']})`;
      const month = { copies: 7000, zipMegabytes: 0.3, relay };
      const { copies: N, zipMegabytes: z } = month;
      expect(runInNewContext(inFull, { N, z })).toBeCloseTo(totalOf(monthlyCost(month, PRICES)), 9);
    },
  );

  test('lists what one copy was counted to take', () => {
    const rows = rowsUnder(PAGE, 'What one copy takes').map(([what = '', count = '']) => [what, count]); // prettier-ignore
    const counts = rows.map(([, count]) => Number(count));
    expect(counts).toEqual([
      ONE_COPY.writeUnits,
      ONE_COPY.readUnits,
      ONE_COPY.scratchUnits,
      ONE_COPY.busEvents,
      ONE_COPY.queueRequests,
      ONE_COPY.bucketPuts,
      ONE_COPY.bucketGets,
      ONE_COPY.keyRequests,
      ONE_COPY.calls,
      ONE_COPY.gigabyteSeconds,
      ONE_COPY.logKilobytes,
    ]);
  });
});

describe('transmit cost', () => {
  test('takes prices that are others', async () => {
    const file = write('prices.json', '{"outwardGigabyte": 0, "writeUnit": 0, "readUnit": 0}');
    const { out } = await cost('--copies', '1000000', '--prices', file);
    expect(out[0]).toMatch(/\$0\.00$/);
    expect(out[1]).toMatch(/\$0\.00$/);
    expect(out[2]).toMatch(/Lambda +\$\d\d/);
  });

  test.each([
    [['--copies', '0'], /--copies takes a number above 0/],
    [[], /--copies takes a number above 0/],
    [['--copies', '5', '--relay', 'fax'], /--relay takes ses or smtp; not fax/],
    [['--copies', '5', '--prices', write('wrong.json', '{"writeunit": 1}')], /writeUnit, readUnit/],
    [['--copies', '5', '--prices', write('none.json', 'no')], /none\.json/],
  ])('refuses %j', async (args, says) => {
    const { exitCode, err } = await cost(...args);
    expect([exitCode, err.join()]).toEqual([1, expect.stringMatching(says)]);
  });
});
