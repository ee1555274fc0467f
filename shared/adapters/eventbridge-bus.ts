import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import type { Bus } from '../report/bus.ts';
import type { Report } from '../report/report.ts';
import { REQUEST_HANDLER } from './request-handler.ts';

/** As rules of listeners name us. */
const SOURCE = 'direct-transmit';
/** PutEvents takes no more in one call; all of ten reports together are a fraction of the bytes that it takes. */
const MAX_ENTRIES = 10;

/** An EventBridge bus: the type of a report is the type of the event, and the whole report its detail. */
export function eventBridgeBus(busName: string): Bus {
  const events = new EventBridgeClient({ requestHandler: REQUEST_HANDLER });
  const entryOf = (report: Report): PutEventsRequestEntry => ({
    EventBusName: busName,
    Source: SOURCE,
    DetailType: report.type,
    Time: new Date(report.at),
    Detail: JSON.stringify(report),
  });
  return {
    async publish(reports) {
      for (let from = 0; from < reports.length; from += MAX_ENTRIES) {
        const Entries = reports.slice(from, from + MAX_ENTRIES).map(entryOf);
        const { FailedEntryCount = 0 } = await events.send(new PutEventsCommand({ Entries }));
        if (FailedEntryCount > 0) throw new Error(`${FailedEntryCount} events were not taken`);
      }
    },
  };
}
