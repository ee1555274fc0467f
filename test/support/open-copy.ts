import { copyWrites } from '../../shared/adapters/dynamo/ledger/opening.ts';
import type { Table } from '../../shared/adapters/dynamo/table.ts';
import type { Transmission } from '../../shared/transmission/transmission.ts';

/** Opens a copy as a window that closes does, without the window: for what comes after. */
export async function openCopy(
  table: Table,
  copy: Transmission,
  dueAt: Date,
  trigger = 'discharge',
): Promise<void> {
  const written = await table.write(copyWrites(copy, [{ kind: 'requested', trigger }], dueAt));
  if (!written.ok) throw new Error('The copy is open already');
}
