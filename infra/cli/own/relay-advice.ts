import { isSes, type Config } from '../../config.ts';

const CAVEAT =
  'strict Direct peers refuse them without a word, because SES puts an address of its own into MAIL FROM. ' +
  'Use an smtps:// relay that keeps MAIL FROM, or agree with each partner first: docs/relay.md, SES.';

/** What is to be said of the relays of a stage; of no fault of theirs, so it is a warning. */
export function adviceOnRelays({
  settings: { relay },
  deployment: { relayUrl },
}: Config): readonly string[] {
  const routed = Object.entries(relay.routes).filter(([, url]) => isSes(url));
  return [
    ...(isSes(relayUrl) ? [`warn: copies go by SES, and ${CAVEAT}`] : []),
    ...routed.map(([domain]) => `warn: copies to ${domain} go by SES, and ${CAVEAT}`),
  ];
}
