import { EventBridgeEnvelope, SnsEnvelope } from './event-shape.ts';

/** EventBridge in SNS is as deep as it gets. */
const MOST_ENVELOPES = 3;

/** What is inside of the envelopes of SNS and EventBridge; undefined when it is no JSON. */
export function openEnvelopes(text: string, most = MOST_ENVELOPES): unknown {
  const value = jsonIn(text);
  const bridged = EventBridgeEnvelope.safeParse(value);
  if (bridged.success) return bridged.data.detail;
  const published = SnsEnvelope.safeParse(value);
  return published.success && most > 0 ? openEnvelopes(published.data.Message, most - 1) : value;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
