import type { EventType } from '../trigger.ts';
import { type Segment, textOf } from './segment.ts';

/** Of a whole order, HL7 table 0123. */
const ORDER_DONE = new Set(['F', 'C']);
/** Of one observation, HL7 table 0085; U makes final what was sent before. */
const OBSERVATION_DONE = new Set(['F', 'C', 'U']);

/** Diagnostic services that make images, HL7 table 0074. */
const IMAGING = new Set(['RAD', 'RX', 'RUS', 'XRC', 'CT', 'NMR', 'NMS', 'CUS', 'OUS', 'VUS']);

/**
 * What has come of an ORU^R01; undefined while all of it is preliminary. A message of images only is one of images.
 */
export function resultOf(segments: readonly Segment[]): EventType | undefined {
  const ready = ordersOf(segments).filter(isDone);
  if (ready.length === 0) return undefined;
  const isAllImages = ready.every(({ obr }) => IMAGING.has(textOf(obr, 24).toUpperCase()));
  return isAllImages ? 'image-available' : 'result-available';
}

interface Order {
  readonly obr: Segment;
  readonly observations: Segment[];
}

function ordersOf(segments: readonly Segment[]): readonly Order[] {
  const orders: Order[] = [];
  for (const segment of segments) {
    if (segment.name === 'OBR') orders.push({ obr: segment, observations: [] });
    if (segment.name === 'OBX') orders.at(-1)?.observations.push(segment);
  }
  return orders;
}

/** The order's own word counts; without one, every observation has to be done. */
function isDone({ obr, observations }: Order): boolean {
  const status = textOf(obr, 25).toUpperCase();
  if (status !== '') return ORDER_DONE.has(status);
  return (
    observations.length > 0 &&
    observations.every((each) => OBSERVATION_DONE.has(textOf(each, 11).toUpperCase()))
  );
}
