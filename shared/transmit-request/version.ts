import type { TransmitRequest } from './transmit-request.ts';

/** The entity tag of a request: strong, because every change counts its version up. */
export const etagOf = ({ version }: TransmitRequest): string => `"${version}"`;

/** Whether an If-Match header allows a change: it was not sent, names anything, or names what is there now. */
export const isMatch = (ifMatch: string | undefined, request: TransmitRequest): boolean =>
  ifMatch === undefined ||
  ifMatch.split(',').some((tag) => tag.trim() === '*' || tag.trim() === etagOf(request));
