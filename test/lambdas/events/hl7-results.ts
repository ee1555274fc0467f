import type { Writing } from '../../trigger/hl7/messages.ts';

/** @param status OBR-25 */
export const OBR = (status: string, service = 'LAB') =>
  `OBR|1||${'|'.repeat(20)}|${service}|${status}`;
/** @param status OBX-11 */
export const OBX = (status: string) => `OBX|1|NM|2345-7^Glucose^LN||95|mg/dL|||||${status}`;
export const oru = (...more: readonly string[]): Writing => ({
  type: 'ORU^R01^ORU_R01',
  enteredAt: 'none',
  more,
});
