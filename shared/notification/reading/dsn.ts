import type { Outcome } from '../../outcome.ts';
import type { Action, RecipientTelling, Telling } from '../reading.ts';
import { addressIn } from './addresses.ts';
import { readBlocks, withoutComments, type Block } from './mail/field-blocks.ts';
import { partOfType, type Mail } from './mail/mail.ts';
import { idsIn, idsOfReturned } from './names.ts';
import { codeOfStatus, statusIn } from './status-codes.ts';
import { tellingOf } from './telling.ts';

/** RFC 3464 section 2.1, and its internationalised form of RFC 6533. */
const REPORTS = ['message/delivery-status', 'message/global-delivery-status'];

const ACTIONS: readonly Action[] = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'];

/**
 * Reads a DSN, also one that hangs in a multipart/mixed, as some servers write them.
 *
 * @returns undefined for what is none
 * @failure notification/too-large
 */
export function readDsn(mail: Mail): Outcome<Telling> | undefined {
  const part = partOfType(mail, REPORTS);
  if (!part) return undefined;
  const blocks = readBlocks(part.bytes);
  if (!blocks.ok) return blocks;
  return tellingOf({
    kind: 'dsn',
    isReport: mail.type === 'multipart/report',
    ids: idsOf(mail, blocks.value),
    recipients: byRecipient(blocks.value).map(recipientOf),
  });
}

/** All that it says, the surest first: agents write the fields of the message into any block. */
function idsOf(mail: Mail, blocks: readonly Block[]): readonly string[] {
  const inAnyBlock = (name: string) => blocks.flatMap((block) => idsIn(block.get(name)));
  return [
    ...inAnyBlock('x-original-message-id'),
    ...inAnyBlock('original-message-id'),
    ...inAnyBlock('original-envelope-id'),
    ...idsIn(mail.header.get('in-reply-to')),
    ...idsOfReturned(mail),
    ...idsIn(mail.header.get('references')),
  ];
}

/**
 * A block for each recipient. One that names nobody goes on with the one before it; when nobody is named at all, one
 * that says what was done is about somebody who is not named.
 */
function byRecipient(blocks: readonly Block[]): readonly Block[] {
  const named: Map<string, string>[] = [];
  for (const block of blocks) {
    const before = named.at(-1);
    if (block.has('final-recipient') || block.has('original-recipient')) named.push(new Map(block));
    else if (before) for (const [name, value] of block) before.set(name, before.get(name) ?? value);
  }
  return named.length > 0 ? named : blocks.filter((block) => block.has('action'));
}

function recipientOf(block: Block): RecipientTelling {
  const address = addressIn(block.get('final-recipient'));
  const originalAddress = addressIn(block.get('original-recipient'));
  const action = actionIn(block.get('action'));
  const status = statusIn(block.get('status'));
  return {
    ...(address && { address }),
    ...(originalAddress && { originalAddress }),
    final: false,
    ...(action && { action }),
    ...(status !== undefined && { status }),
    ...outcomeOf(action, status, block.get('diagnostic-code')),
  };
}

function actionIn(value: string | undefined): Action | undefined {
  const [word = ''] = withoutComments(value ?? '')
    .toLowerCase()
    .split(/[^a-z]/);
  return ACTIONS.find((each) => each === word);
}

/** The action decides: a server that gave up says `failed` with the status that it waited for. */
function outcomeOf(
  action: Action | undefined,
  status: string | undefined,
  diagnostic: string | undefined,
): Pick<RecipientTelling, 'outcome' | 'code'> {
  if (action === 'failed' || (!action && status?.startsWith('5.'))) {
    // Where the status says nothing, the answer of the server that refused it may.
    const exact = status?.endsWith('.0.0') === false ? status : (statusIn(diagnostic) ?? status);
    return { outcome: 'failed', code: codeOfStatus(exact) };
  }
  return { outcome: action === 'delivered' || action === 'delayed' ? action : 'none' };
}

/**
 * Reads the free form of Exim and older Gmail: a header names those who did not get it, and no part is for machines.
 *
 * @returns undefined for what is none
 * @failure notification/too-large
 */
export function readBounce(mail: Mail): Outcome<Telling> | undefined {
  const failed = mail.header.get('x-failed-recipients');
  if (failed === undefined) return undefined;
  const recipients = failed.split(',').map(addressIn);
  return tellingOf({
    kind: 'dsn',
    isReport: false,
    ids: [...idsIn(mail.header.get('in-reply-to')), ...idsOfReturned(mail)],
    recipients: recipients.map((address) => ({
      ...(address && { address }),
      final: false,
      outcome: 'failed',
      code: 'deliver/bounced',
    })),
  });
}
