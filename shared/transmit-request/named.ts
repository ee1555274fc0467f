import { type DirectAddress, parseDirectAddress, parseRequestId, type RequestId } from '../ids.ts';
import { done, type Outcome } from '../outcome.ts';

/** What is to be changed of what was asked for, as the caller wrote it. */
export interface Named {
  readonly requestId: string | undefined;
  /** Absent: all addresses. */
  readonly address?: string | undefined;
  /** Only if the request is still this version of itself. */
  readonly ifMatch?: string | undefined;
}

/** @failure transmit-request/unknown, discover/bad-address */
export function parseNamed({ requestId = '', address }: Named): Outcome<{
  readonly id: RequestId;
  readonly address: DirectAddress | undefined;
}> {
  const id = parseRequestId(requestId);
  if (!id.ok) return id;
  const only = address === undefined ? done(undefined) : parseDirectAddress(address);
  return only.ok ? done({ id: id.value, address: only.value }) : only;
}
