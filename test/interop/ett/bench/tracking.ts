import { DELIVERED, FAILED, oneCopy, UNCONFIRMED, UNPROCESSED, type EttCase } from './ett-case.ts';
import { headerOf } from '../../../../shared/secure/mime.ts';
import { relayDsn } from '../../../support/relay-dsn.ts';
import { becameOf, EDGE, ettBench, UNPUBLISHED, UNTRUSTED, type EttBench } from './test-bench.ts';

const refusing = ({ path }: EttBench) => path.relay.behave('refuses');

/** Some minutes later a mail server on the way gives the copy up. */
const bouncing = ({ comes, path }: EttBench) => comes(3, () => relayDsn(path.relay.taken[0]!));

/** Message tracking: what a sending system must make of answers, and of none. */
export const TRACKING: readonly EttCase[] = [
  ...['MT1', 'MT23(a)'].flatMap((id): EttCase[] => [
    {
      id,
      about: 'a bad address, turned away at once',
      expected: 'failed, deliver/refused, after 0 min',
      run: () => oneCopy('badaddresst', refusing),
    },
    {
      id: `${id} by a mail server`,
      about: 'a bad address, given back by a mail server on the way',
      expected: 'failed, deliver/bounced, after 3 min',
      run: () => oneCopy('badaddresst', bouncing),
    },
    {
      id: `${id} by its HISP`,
      about: 'a bad address, given back by the postmaster of its domain',
      expected: 'failed, deliver/bounced, after 0 min',
      run: () => oneCopy('undeliverable'),
    },
  ]),
  ...['MT2', 'MT24(a)'].map((id) => ({
    id,
    about: 'a HISP that is not trusted',
    expected: 'failed, trust/no-anchor, after 0 min',
    run: () => oneCopy(`provider1@${UNTRUSTED}`),
  })),
  ...['MT3', 'MT25(a)'].map((id) => ({
    id,
    about: 'a certificate that is not published',
    expected: 'failed, discover/no-certificate, after 0 min',
    run: () => oneCopy(`failure15@${UNPUBLISHED}`),
  })),
  ...['MT4', 'MT26(a)'].map((id) => ({
    id,
    about: 'no processed notice',
    expected: UNPROCESSED,
    run: () => oneCopy('nomdn8'),
  })),
  {
    id: 'MT21(a)',
    about: 'a good header is answered with dispatched',
    expected: DELIVERED,
    run: () => oneCopy('processeddispatched6'),
  },
  {
    id: 'MT22(a)',
    about: 'who does not know the header answers with processed alone',
    expected: UNCONFIRMED,
    run: () => oneCopy('processed-only'),
  },
  {
    id: 'MT22(a) by agreement',
    about: 'the same, where that is agreed to be enough',
    expected: DELIVERED,
    run: () => oneCopy('processed-only', undefined, { processedIsEnough: [EDGE] }),
  },
  {
    id: 'MT27(a)',
    about: 'no dispatched notice: a failure by seventy minutes',
    expected: UNCONFIRMED,
    run: () => oneCopy('processedonly5'),
  },
  {
    id: 'MT28(a)',
    about: 'dispatched five minutes after the time is over: a failure, and no success after it',
    expected: `${UNCONFIRMED}, 1 late`,
    run: () => oneCopy('processdelayeddispatch7'),
  },
  {
    id: 'MT28(a) in time',
    about: 'dispatched a minute before the time is over: no failure before it',
    expected: 'delivered, after 59 min',
    run: () => oneCopy('processdelayeddispatch59'),
  },
  {
    id: 'MT29(a)',
    about: 'one positive notice',
    expected: `${DELIVERED}: processed dispatched ended`,
    run: positiveNotice,
  },
  {
    id: 'MT45',
    about: 'every message has an id of its own',
    expected: '4 messages, 4 ids',
    run: uniqueIds,
  },
  {
    id: 'MT46',
    about: 'every message asks for the final notice',
    expected: 'X-DIRECT-FINAL-DESTINATION-DELIVERY=optional,true',
    run: askedOptions,
  },
  {
    id: 'MT47',
    about: 'one request to a good and to a bad recipient',
    expected: `${DELIVERED}; ${FAILED}`,
    run: goodAndBad,
  },
];

async function positiveNotice(): Promise<string> {
  const bench = await ettBench();
  const address = `processeddispatched6@${EDGE}`;
  await bench.send([address]);
  await bench.pass(75);
  const copy = await bench.copyTo(address);
  const kinds = copy.timeline.map(({ kind }: { kind: string }) => kind) as readonly string[];
  return `${becameOf(copy)}: ${kinds.slice(kinds.indexOf('accepted') + 1).join(' ')}`;
}

/** Of each copy that left, a field of the header that is signed. */
async function fieldsOf(locals: readonly string[], field: string): Promise<readonly string[]> {
  const bench = await ettBench();
  await bench.send(locals.map((local) => `${local}@${EDGE}`));
  return bench.path.relay.taken.map(
    (envelope) => headerOf(bench.partner.open(envelope).innerEntity, field) ?? 'none',
  );
}

async function uniqueIds(): Promise<string> {
  const ids = await fieldsOf(['one', 'two', 'three', 'four'], 'message-id');
  return `${ids.length} messages, ${new Set(ids).size} ids`;
}

async function askedOptions(): Promise<string> {
  const asked = await fieldsOf(['one', 'two'], 'disposition-notification-options');
  return [...new Set(asked)].join('; ');
}

async function goodAndBad(): Promise<string> {
  const bench = await ettBench();
  const addresses = [`processeddispatched6@${EDGE}`, `noaddressfailure9@${EDGE}`];
  await bench.send(addresses);
  await bench.pass(75);
  const copies = await Promise.all(addresses.map(bench.copyTo));
  return copies.map(becameOf).join('; ');
}
