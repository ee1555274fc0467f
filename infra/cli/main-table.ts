import { dynamoStores } from '../../shared/adapters/dynamo/stores.ts';
import type { Table } from '../../shared/adapters/dynamo/table.ts';
import { dynamoTable } from '../../shared/adapters/dynamo/table/dynamo-table.ts';
import { parseTransmissionId, type TransmissionId } from '../../shared/ids.ts';
import { CommandError, inWords } from './command.ts';
import { needed, onlyOne } from './command-line.ts';

/** The option by which a command is told which table it works on, for `readArgs`. */
export const TABLE_OPTIONS = { table: { type: 'string' } } as const;

/** How it is written. */
export const TABLE_USAGE = '[--table NAME]';

/** What it takes. */
export const TABLE_NOTES = [
  '--table: the table Main; MAIN_TABLE unless given. Region, credentials and endpoint are those of the AWS SDK.',
] as const;

interface Named {
  readonly table?: string | undefined;
}

/** What lies in it, with the operator's own credentials. */
export const storesOf = (named: Named) => dynamoStores(nameOf(named));

/** The table itself, for what no function does. */
export const tableOf = (named: Named): Table => dynamoTable(nameOf(named));

const nameOf = ({ table }: Named): string =>
  needed(table ?? process.env['MAIN_TABLE'], 'the table with --table');

/** The one copy that the command is about. */
export function transmissionIn(positionals: readonly string[]): TransmissionId {
  const id = parseTransmissionId(onlyOne(positionals, 'transmission'));
  if (!id.ok) throw new CommandError(inWords(id.failure), id.failure.code);
  return id.value;
}
