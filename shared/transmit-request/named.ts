import {
  type DirectAddress,
  parseDirectAddress,
  parseRequestId,
  type PatientKey,
  type RequestId,
} from '../ids.ts';
import { done, type Outcome } from '../outcome.ts';
import type { TransmitRequestStore } from './store.ts';
import type { TransmitRequest } from './transmit-request.ts';

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

/** @failure transmit-request/unknown */
export async function readNamed(
  patient: PatientKey,
  requestId: string | undefined,
  requests: Pick<TransmitRequestStore, 'get'>,
): Promise<Outcome<{ readonly request: TransmitRequest }>> {
  const id = parseRequestId(requestId ?? '');
  const request = id.ok ? await requests.get(patient, id.value) : id;
  return request.ok ? done({ request: request.value }) : request;
}
