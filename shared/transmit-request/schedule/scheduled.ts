import type { Frequency, ScheduledFrequency } from '../transmit-request.ts';

/** Whether copies of this frequency go out by the clock. */
export const isScheduled = (frequency: Frequency): frequency is ScheduledFrequency =>
  frequency !== 'once' && frequency !== 'on-update';
