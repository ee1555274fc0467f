import * as z from 'zod';
import { CommandError, UsageError, type Command } from '../command.ts';
import { readArgs, readInput } from '../command-line.ts';
import { monthlyCost, totalOf } from '../cost/monthly-cost.ts';
import { PRICES, type Prices } from '../cost/prices.ts';

/** What the copies of a month would cost. Asks nobody: it multiplies. */
export const costCommand: Command = {
  usage: 'cost --copies N [--megabytes M] [--relay ses|smtp] [--prices FILE]',
  does: 'Reckons what the copies of a month cost, by service, from what one copy was counted to take.',
  notes: [
    '--megabytes: of one copy as a zip, 0.5 unless given. --relay: who carries them, smtp unless given.',
    '--prices: a JSON object with prices that are others for you, by the names of infra/cli/cost/prices.ts.',
    'What costs without any copy is in docs/cost.md, and so is which price was verified.',
  ],

  async run(args) {
    const { values, positionals } = readArgs(args, {
      copies: { type: 'string' },
      megabytes: { type: 'string', default: '0.5' },
      relay: { type: 'string', default: 'smtp' },
      prices: { type: 'string' },
    });
    if (positionals.length > 0) throw new UsageError('`cost` takes options only.');
    const month = {
      copies: numberIn('--copies', values.copies),
      zipMegabytes: numberIn('--megabytes', values.megabytes),
      relay: relayIn(values.relay),
    };
    const lines = monthlyCost(month, await pricesFrom(values.prices));
    const total = totalOf(lines);
    return {
      ok: true,
      lines: lines.map(({ what, dollars }) => `${what.padEnd(28)} ${inDollars(dollars)}`),
      json: { ...month, lines, total },
      summary: `${month.copies} copies of ${month.zipMegabytes} MB in a month: ${inDollars(total)}, and what is fixed`,
    };
  },
};

/** Cents matter below ten dollars. */
export const inDollars = (dollars: number): string =>
  `$${dollars < 10 ? dollars.toFixed(2) : Math.round(dollars)}`;

function numberIn(option: string, text: string | undefined): number {
  const value = Number(text);
  if (text !== undefined && value > 0 && value < 1e12) return value;
  throw new UsageError(`${option} takes a number above 0.`);
}

function relayIn(text: string): 'ses' | 'smtp' {
  if (text === 'ses' || text === 'smtp') return text;
  throw new UsageError(`--relay takes ses or smtp; not ${text}.`);
}

async function pricesFrom(file: string | undefined): Promise<Prices> {
  if (file === undefined) return PRICES;
  const names = Object.keys(PRICES) as [keyof Prices, ...(keyof Prices)[]];
  const given = z
    .partialRecord(z.enum(names), z.number().nonnegative())
    .safeParse(parsed(await readInput(file)));
  if (given.success) return { ...PRICES, ...given.data };
  throw new CommandError(`${file}: ${given.error.issues[0]?.message}. The names are ${names.join(', ')}.`); // prettier-ignore
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
