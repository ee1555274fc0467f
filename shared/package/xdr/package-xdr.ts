import type { DirectAddress, MessageId } from '../../ids.ts';
import { fail, type Outcome } from '../../outcome.ts';
import type { PackageInput } from '../package-record.ts';
import type { PreparedDocument } from '../prepared.ts';
import type { XdrSubmission } from './xdr.ts';

/** A request ready to be posted. */
export interface XdrBundle {
  /** Its Content-Type, an empty line, its body. */
  readonly entity: Uint8Array;
  readonly documents: number;
  /** How many documents of the record were left out because they are sensitive. */
  readonly excluded: number;
}

/** By what a request is known, and where it is posted. */
export interface XdrCourse {
  readonly messageId: MessageId;
  readonly endpoint: string;
}

export function packageXdr(
  input: PackageInput<PreparedDocument>,
  how: XdrCourse,
): Outcome<XdrBundle> {
  return fail('package/failed-check', `${input.documents.length} ${how.endpoint.length}`);
}

export function packageSubmissionAsXdr(
  submission: XdrSubmission,
  how: XdrCourse & { readonly from: DirectAddress; readonly to: DirectAddress },
): Outcome<XdrBundle> {
  return fail('package/failed-check', `${submission.documents.length} ${how.endpoint.length}`);
}
