import { dynamoAuditItems, type AuditItems } from '../../shared/adapters/audit/audit-items.ts';
import { needed } from './command-line.ts';

/** The option by which a command is told which audit it reads, for `readArgs`. */
export const AUDIT_OPTIONS = { table: { type: 'string' } } as const;

/** How it is written. */
export const AUDIT_USAGE = '[--table NAME]';

/** What it takes. */
export const AUDIT_NOTES = [
  '--table: the table of the audit; AUDIT_TABLE unless given. Region, credentials and endpoint are those of the AWS SDK.',
] as const;

/** With the operator's own credentials. */
export const auditItems = ({ table }: { readonly table?: string | undefined }): AuditItems =>
  dynamoAuditItems(needed(table ?? process.env['AUDIT_TABLE'], 'the table with --table'));
