import type { Refusal } from './rules/rule.ts';
import type { XdmContents } from './xdm/contents.ts';

/** What the partner got, and what it makes of it. */
export interface ReceivedMessage {
  readonly mailFrom: string;
  readonly recipients: readonly string[];
  /** As they came. */
  readonly raw: Uint8Array;
  /** Why it stays without an answer; nothing when it is answered. */
  readonly refusedFor: readonly Refusal[];
  /** Everything that a strict receiver minds, one line each, failure codes among them; empty is good. */
  readonly problems: readonly string[];
  /** Once it could be opened: the message as the sender wrote it. */
  readonly opened?: OpenedContents;
}

/** What a message is made of. */
export interface MessageContents {
  /** RFC 5322 bytes, neither signed nor encrypted. */
  readonly inner: Uint8Array;
  /** As it stands in the header. */
  readonly messageId: string;
  readonly subject: string;
  readonly from: string;
  /** Where notices go. */
  readonly answerTo: string;
  readonly asksForDispatched: boolean;
  /** It is a notice itself, and is not answered. */
  readonly isNotice: boolean;
  readonly text: string;
  /** Of the first attachment that is a zip. */
  readonly xdm?: XdmContents;
}

export interface OpenedContents extends MessageContents {
  /** DER. */
  readonly signer: Uint8Array;
}
