import type { DirectAddress, MessageId } from '../../ids.ts';
import type { MessageDisposition } from './xdr.ts';

/** By what a report is known, what it is about, between whom it goes, and where it is posted. */
export interface DispositionCourse {
  readonly messageId: MessageId;
  /** The MessageID of what it is about, as that stood there. */
  readonly relatesTo: string;
  readonly from: DirectAddress;
  readonly to: DirectAddress;
  readonly endpoint: string;
}

export function dispositionXdr(said: MessageDisposition, how: DispositionCourse): Uint8Array {
  return Buffer.from(JSON.stringify([said, how]));
}
