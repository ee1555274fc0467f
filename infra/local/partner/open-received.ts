import { done, fail, type Outcome } from '../../../shared/outcome.ts';
import type { Identity } from '../../../shared/secure/keys.ts';
import { headersOf, type MimeEntity } from '../../../shared/secure/mime.ts';
import { openMessage, type OpenedMessage } from '../../../shared/secure/open.ts';
import { contentsOf } from './message-contents.ts';
import type { OpenedContents } from './received-message.ts';
import { refusalsBy } from './rules/rule.ts';
import { STAGES } from './rules/stages.ts';

export interface OpenedReceived {
  readonly contents: OpenedContents;
  /** The message that was signed. */
  readonly innerEntity: MimeEntity;
  /** Of its form. */
  readonly problems: readonly string[];
}

/** Decrypts, verifies and unwraps a message and takes it apart. Whether to believe it comes after. */
export function openReceived(raw: Uint8Array, identity: Identity): Outcome<OpenedReceived> {
  const opened = openMessage(raw, [identity]);
  if (!opened.ok) return opened;
  const { innerEntity, signer } = opened.value;
  const contents = contentsOf(innerEntity);
  if (!contents) return fail('secure/malformed');
  const problems = formOf(opened.value);
  return done({ contents: { ...contents, signer }, innerEntity, problems });
}

/** What the Java or the .NET reference implementation could not read, though ours can, or would not have sent. */
function formOf({ outer, inner, innerEntity, wrapped }: OpenedMessage): readonly string[] {
  const broken = [...refusalsBy(STAGES.outside, outer), ...refusalsBy(STAGES.content, inner)];
  const hidden = headersOf(innerEntity, 'bcc').length > 0;
  const shown = headersOf(outer, 'subject').length > 0;
  return [
    ...broken.map(({ reason }) => reason),
    ...(wrapped ? [] : ['form: the message is not wrapped']),
    ...(hidden ? ['form: there is a Bcc'] : []),
    ...(shown ? ['form: a subject travels outside the encryption'] : []),
  ];
}
