import { dynamoStores } from '../../shared/adapters/dynamo/stores.ts';
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

/** What lies in it, with the operator's own credentials. */
export const storesOf = ({ table }: { readonly table?: string | undefined }) =>
  dynamoStores(needed(table ?? process.env['MAIN_TABLE'], 'the table with --table'));

/** The one copy that the command is about. */
export function transmissionIn(positionals: readonly string[]): TransmissionId {
  const id = parseTransmissionId(onlyOne(positionals, 'transmission'));
  if (!id.ok) throw new CommandError(inWords(id.failure), id.failure.code);
  return id.value;
}
