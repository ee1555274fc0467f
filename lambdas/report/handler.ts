import { type Image, onStreamInOrder } from '../../shared/edge/stream.ts';
import { errorNameOf } from '../../shared/log.ts';
import { countersOf } from '../../shared/report/counters.ts';
import { newsTeller } from '../../shared/report/news.ts';
import type { Happening } from '../../shared/report/report-of.ts';
import { type Auditable, isForOthers } from '../../shared/report/report.ts';
import { tell, type TellPorts } from '../../shared/report/tell.ts';

export interface ReportPorts extends TellPorts {
  /** @throws Error when the item cannot be read */
  readonly happeningIn: (image: Image) => Happening | undefined;
}

/**
 * What was just written down, told to everybody who shall know, in the order in which it was. What stands before an
 * item that cannot be read is told all the same; the stream sets such an item aside after a while.
 */
export const makeHandler = (ports: ReportPorts) =>
  onStreamInOrder(async (images) => {
    const { news, read } = await newsIn(images, ports);
    if (news.length > 0) {
      await tell(news, ports);
      count(news, ports);
    }
    return read;
  }, ports.log);

/** @returns the news among the images before the first that cannot be read, and how many those are */
async function newsIn(
  images: readonly Image[],
  { ledger, happeningIn, log }: ReportPorts,
): Promise<{ readonly news: readonly Auditable[]; readonly read: number }> {
  const newsOf = newsTeller(ledger);
  const news: Auditable[] = [];
  for (const [read, image] of images.entries()) {
    try {
      const happening = happeningIn(image);
      const told = happening && (await newsOf(happening));
      if (told?.ok === false) {
        log.error('record-failed', { code: told.failure.code });
        return { news, read };
      }
      if (told?.value) news.push(told.value);
    } catch (error) {
      log.error('record-failed', { errorName: errorNameOf(error) });
      return { news, read };
    }
  }
  return { news, read: images.length };
}

/** Only once all was told: what is not told comes again, and would be counted twice. */
function count(news: readonly Auditable[], { metrics, now, log }: ReportPorts): void {
  const reports = news.filter(isForOthers).map(({ report }) => report);
  for (const [name, times] of countersOf(reports)) metrics.put(name, times);
  for (const { type, transmissionId, code } of reports) {
    if (type !== 'transmission.failed' || transmissionId === undefined) continue;
    log.info('copy-failed', { transmissionId, ...(code && { code }) });
  }
  const times = news.map(({ report: { at } }) => new Date(at).getTime());
  metrics.put('ReportLagSeconds', (now().getTime() - Math.min(...times)) / 1000);
  log.info('reported', { count: news.length });
}
