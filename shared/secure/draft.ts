import type { DirectAddress, MessageId } from '../ids.ts';

/** Of the package as an attachment. Receivers look for `.zip` in lower case. */
export const ZIP_NAME = 'health-record.zip';

/** Everything that one message to one recipient says. */
export interface Draft {
  readonly from: DirectAddress;
  readonly to: DirectAddress;
  readonly messageId: MessageId;
  /** Stands in the header and in the signature. */
  readonly date: Date;
  /** The data holder, as it shall be shown beside the sending address. */
  readonly holderName: string;
  /** Who sends, and at whose request. */
  readonly text: string;
  /** The XDM package; a message without it carries no health data. */
  readonly zip?: Uint8Array;
  /** What request.txt says; without it there is none. */
  readonly requestText?: string;
}
