import { oneLine } from '../characters.ts';
import type { DirectAddress } from '../ids.ts';

/** What request.txt tells the receiving program. */
export interface RequestContent {
  readonly destination: DirectAddress;
  readonly patientName: string;
  readonly holderName: string;
  /** Whether more copies follow. */
  readonly recurring: boolean;
}

/**
 * request.txt: what the patient asked for, in four lines for a program. The words are those of the guide in every
 * language, and no name can add a line.
 *
 * @see Blue Button+, Transmitting Data Using Direct, Payload
 */
export const requestText = (content: RequestContent): string =>
  [
    `Destination: ${content.destination}`,
    `Patient: ${oneLine(content.patientName, 300)}`,
    `Data-holder: ${oneLine(content.holderName, 200)}`,
    `Recurring: ${content.recurring ? 'Yes' : 'No'}`,
  ].join('\r\n');
