import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { happeningsIn } from '../../../shared/adapters/audit/happenings.ts';
import { auditTrail } from '../../../shared/adapters/audit/trail.ts';
import type { Sha256 } from '../../../shared/ids.ts';
import { CHAINS } from '../../../shared/report/audit/entry.ts';
import { inWordsOf } from '../../../shared/report/audit/finding.ts';
import { unentered } from '../../../shared/report/audit/unentered.ts';
import { verifyAudit, type Head, type Verified } from '../../../shared/report/audit/verify.ts';
import { auditItems, AUDIT_NOTES, AUDIT_OPTIONS, AUDIT_USAGE } from '../audit-table.ts';
import { CommandError, type Command } from '../command.ts';
import { readArgs, readInput, takesNothing } from '../command-line.ts';

/** For a transaction that was seen in part to be written as a whole. */
const PAUSE_MS = 1000;

const OPTIONS = {
  ...AUDIT_OPTIONS,
  heads: { type: 'string' },
  main: { type: 'string' },
} as const;

/** Whether the audit is what was entered. */
export const verifyAuditCommand: Command = {
  usage: `verify-audit ${AUDIT_USAGE} [--heads FILE] [--main NAME]`,
  does: 'Looks at all of the audit, and names every entry, event and disclosure that is not as it was entered.',
  notes: [
    ...AUDIT_NOTES,
    'A chain alone does not show that its end was cut off, or written again, with all that hangs on it. These do:',
    '--heads: what an earlier run printed with --json, kept where nobody who can write the table can change it.',
    '--main: the table Main, of which everything that happened more than an hour ago must be in the audit.',
  ],

  async run(args) {
    const { values, positionals } = readArgs(args, OPTIONS);
    takesNothing(positionals);
    const heads = values.heads === undefined ? [] : await headsIn(values.heads);
    const trail = auditTrail(auditItems(values));
    const audit = await verifyAudit({ trail, heads, pause: () => sleep(PAUSE_MS) });
    const missing =
      values.main === undefined
        ? []
        : await unentered(happeningsIn(values.main), trail, () => new Date());
    const verified = { ...audit, findings: [...audit.findings, ...missing] };
    return {
      ok: verified.findings.length === 0,
      lines: verified.findings.map(inWordsOf),
      json: verified,
      summary: summaryOf(verified),
    };
  },
};

function summaryOf({ findings, entries, events }: Verified): string {
  const looked = `${entries} entries with ${events} events`;
  return findings.length === 0
    ? `${looked}: all are as they were entered`
    : `${looked}: ${findings.length} findings`;
}

const Heads = z.object({
  heads: z.array(
    z.object({
      chain: z.int().min(0).lt(CHAINS),
      number: z.int().positive(),
      sha256: z.string().transform((text) => text as Sha256),
    }),
  ),
});

async function headsIn(file: string): Promise<readonly Head[]> {
  const text = Buffer.from(await readInput(file)).toString('utf8');
  try {
    return Heads.parse(JSON.parse(text)).heads;
  } catch {
    throw new CommandError(`${file} is not what verify-audit prints with --json.`);
  }
}
