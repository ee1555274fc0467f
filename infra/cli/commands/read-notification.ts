import type { Failure } from '../../../shared/outcome.ts';
import type { Reading, RecipientTelling } from '../../../shared/notification/reading.ts';
import { notificationBatch, readAsEither, viewOf } from '../batch/read-notifications.ts';
import { inWords, UsageError, type Command } from '../command.ts';
import { readArgs, readInput } from '../command-line.ts';

/** What notices say, of whichever kind they are. */
export const readNotificationCommand: Command = {
  usage: 'read-notification FILE…',
  does: 'Reads what mails and events of SES say of copies. Whether that may be believed, it does not ask.',
  batch: notificationBatch,

  async run(args) {
    const files = readArgs(args, {}).positionals;
    if (files.length === 0) throw new UsageError('Name at least one mail or event.');
    const lines: string[] = [];
    const read: object[] = [];
    let good = 0;
    for (const file of files) {
      const reading = await readAsEither(await readInput(file));
      if (reading.ok) {
        good += 1;
        lines.push(...linesOf(file, reading.value));
        read.push({ file, ...viewOf(reading.value) });
      } else {
        lines.push(`${file}: ${inWords(reading.failure)}`);
        read.push(refusedAs(file, reading.failure));
      }
    }
    return {
      ok: good === files.length,
      lines,
      json: { read },
      summary: `${good} of ${files.length} notifications read`,
    };
  },
};

const refusedAs = (file: string, { code }: Failure): object => ({ file, code });

function linesOf(file: string, reading: Reading): readonly string[] {
  const [name] = reading.names;
  const recipients = 'recipients' in reading ? reading.recipients : [];
  return [
    `${file}: ${reading.kind}${name === undefined ? '' : `, about ${name}`}`,
    ...recipients.map((each) => `  ${lineOf(each)}`),
  ];
}

function lineOf(told: RecipientTelling): string {
  const { disposition, action, status, outcome, code, final } = told;
  const said = [
    disposition,
    final ? 'with X-DIRECT-FINAL-DESTINATION-DELIVERY' : undefined,
    action,
    status,
    code,
  ].filter((word) => word !== undefined);
  const whom = told.address ?? told.originalAddress ?? '(nobody named)';
  return `${whom}: ${outcome}${said.length > 0 ? ` (${said.join(', ')})` : ''}`;
}
