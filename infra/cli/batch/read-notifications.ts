import * as z from 'zod';
import type { Outcome } from '../../../shared/outcome.ts';
import type { Reading, RecipientTelling } from '../../../shared/notification/reading.ts';
import { readNotification } from '../../../shared/notification/reading/read-notification.ts';
import { readRelayEvent } from '../../../shared/notification/reading/relay/read-relay-event.ts';
import { readInput } from '../command-line.ts';
import type { Batch } from './batch.ts';
import { requestIn } from './request-in.ts';

const Request = z.object({ file: z.string() });

const NOTHING = { originalMessageIds: [], recipients: [] };

/** Reads what mails and events say of copies. */
export const notificationBatch: Batch = {
  takes: '{"id","file"}',
  gives:
    '{"kind","originalMessageIds":[…],"recipients":[{"address","disposition","action","status","outcome","code"}]}',
  nothing: NOTHING,
  counts: 'notifications read',
  notes: [
    'file: a mail that is decrypted already, an event of SES as it is published, in SNS or from EventBridge, or what SES',
    '  says of mail that it received. What is in a message that is encrypted yet is not seen: see `open`.',
    'kind: mdn, dsn, ses-event, complaint, auto-reply or message. outcome: processed, dispatched, delivered, failed, delayed',
    '  or none; `code` is there when it is failed. What the file does not say is absent.',
    'originalMessageIds: without angle brackets, the surest first; an id that has blanks is there without them, and again',
    '  with them.',
  ],

  start() {
    return async (line) => {
      const read = await readAsEither(await readInput(requestIn(Request, line).file));
      return read.ok
        ? { ok: true, ...viewOf(read.value) }
        : { ok: false, code: read.failure.code, ...NOTHING };
    };
  },
};

/** No mail begins with a brace, and every event does. */
export async function readAsEither(bytes: Uint8Array): Promise<Outcome<Reading>> {
  const begins = new TextDecoder().decode(bytes.subarray(0, 100)).trimStart();
  return begins.startsWith('{')
    ? readRelayEvent(new TextDecoder().decode(bytes))
    : readNotification(bytes);
}

/** What programs are told of a reading. */
export const viewOf = (reading: Reading) => ({
  kind: reading.kind,
  originalMessageIds: [...reading.names, ...reading.asWritten],
  recipients: 'recipients' in reading ? reading.recipients.map(viewOfRecipient) : [],
});

function viewOfRecipient(told: RecipientTelling) {
  const { originalAddress, disposition, action, status, outcome, code } = told;
  const address = told.address ?? originalAddress;
  return {
    ...(address && { address }),
    ...(disposition && { disposition }),
    ...(action && { action }),
    ...(status !== undefined && { status }),
    outcome,
    ...(code && { code }),
  };
}
