import type { TransmitRequest } from './transmit-request.ts';

/** Whether it still asks for anything: neither revoked nor past its end, to the millisecond. */
export const isRunning = ({ status, until }: TransmitRequest, now: Date): boolean =>
  status === 'active' && (until === undefined || now.getTime() <= Date.parse(until));
