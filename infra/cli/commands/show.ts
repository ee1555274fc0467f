import { domainOf } from '../../../shared/ids.ts';
import type { DomainRecord } from '../../../shared/notification/domains.ts';
import { sentenceOf } from '../../../shared/status/sentences.ts';
import { statusOf } from '../../../shared/status/status.ts';
import type { Fact } from '../../../shared/transmission/facts.ts';
import type { History } from '../../../shared/transmission/transmission.ts';
import { CommandError, inWords, type Command, type Report } from '../command.ts';
import { readArgs } from '../command-line.ts';
import {
  storesOf,
  TABLE_NOTES,
  TABLE_OPTIONS,
  TABLE_USAGE,
  transmissionIn,
} from '../main-table.ts';

/** What became of one copy. */
export const showCommand: Command = {
  usage: `show ID ${TABLE_USAGE}`,
  does: 'Shows all that happened to one copy, and what recipients of its domain have confirmed so far.',
  notes: TABLE_NOTES,

  async run(args) {
    const { values, positionals } = readArgs(args, TABLE_OPTIONS);
    const id = transmissionIn(positionals);
    const { ledger, domains } = storesOf(values);
    const history = await ledger.read(id);
    if (!history.ok) throw new CommandError(inWords(history.failure), history.failure.code);
    return shown(history.value, await domains.read(domainOf(history.value.transmission.address)));
  },
};

function shown({ transmission, facts, lease }: History, domain: DomainRecord): Report {
  const { id, requestId, address, sender, createdAt, clientReference } = transmission;
  const said = statusOf(facts);
  const identity = { id, requestId, address, sender, createdAt };
  return {
    ok: true,
    lines: [
      `${id} to ${address}, from ${sender}`,
      `for ${requestId}${clientReference === undefined ? '' : ` (${clientReference})`}, since ${createdAt}`,
      ...(lease ? [`in hand of a worker until ${lease.until} (attempt ${lease.attempt})`] : []),
      '',
      ...facts.flatMap((fact) => linesOf(fact, facts)),
      '',
      confirmedBy(domain),
    ],
    json: {
      ...identity,
      ...(clientReference === undefined ? {} : { clientReference }),
      ...said,
      ...(lease && { lease }),
      timeline: facts.map((fact) => ({ ...fact, sentence: sentenceOf(fact, 'en', facts) })),
      domain,
    },
    summary: `${id}: ${said.code === undefined ? said.status : `${said.status}, ${said.code}`}`,
  };
}

/** When, what and in words; below it what a fact knows beside. */
function linesOf(fact: Fact, among: readonly Fact[]): readonly string[] {
  const beside = Object.entries(fact)
    .filter(([name]) => !ABOVE.has(name))
    .map(([name, value]) => `${name} ${String(value)}`)
    .sort((one, other) => one.localeCompare(other));
  const line = `${fact.at}  ${fact.kind.padEnd(16)}  ${sentenceOf(fact, 'en', among)}`;
  return beside.length === 0 ? [line] : [line, `${' '.repeat(44)}${beside.join(', ')}`];
}

/** What stands in the line itself, or is of no use to a person. */
const ABOVE = new Set(['at', 'kind', 'sequence', 'certificates', 'messageSha256']);

function confirmedBy({ domain, processed, dispatched, failed, ...last }: DomainRecord): string {
  if (processed + dispatched + failed === 0) return `${domain} has never confirmed anything.`;
  const counts = [
    counted(processed, 'processed', last.lastProcessedAt),
    counted(dispatched, 'dispatched', last.lastDispatchedAt),
    counted(failed, 'failed', last.lastFailedAt),
  ];
  return `${domain} has confirmed so far: ${counts.join(', ')}.`;
}

const counted = (count: number, what: string, lastAt: string | undefined): string =>
  `${count} ${what}${lastAt === undefined ? '' : ` (the last ${lastAt})`}`;
