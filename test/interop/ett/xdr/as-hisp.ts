import { plain } from '../../../package/xdr/requests.ts';
import {
  asks,
  holds,
  knownToSamples,
  ourSample,
  post,
  SAMPLE_MESSAGE,
  saidIn,
} from '../../xdr/edge-bench.ts';
import { documentIn } from '../../xdr/foreign-request.ts';
import { DELIVERED, FAILED, UNCONFIRMED, UNPROCESSED, type EttCase } from '../bench/ett-case.ts';
import { hearingEdge } from '../bench/hearing-edge.ts';
import {
  becameOf,
  EDGE,
  ettBench,
  UNPUBLISHED,
  UNTRUSTED,
  type EttBench,
} from '../bench/test-bench.ts';

/** The tool posts a request to us; we are the HISP that makes a Direct message of it. */

const FULL = 'Xdr_full_metadata.xml';
const MINIMAL = 'Xdr_minimal_metadata.xml';
/** The tool looks seventy minutes after sending. */
const MINUTES = 75;

interface Asked {
  readonly to: string;
  readonly file?: string;
  /** What else is wrong with the request, or said in it. */
  readonly change?: (soap: string) => string;
  readonly before?: (bench: EttBench) => void;
}

async function posted({ to, file = FULL, change = (soap) => soap, before }: Asked) {
  const bench = await ettBench();
  before?.(bench);
  const address = to.includes('@') ? to : `${to}@${EDGE}`;
  await knownToSamples(bench.path);
  await asks(bench.path, [address]);
  const hear = hearingEdge(bench.path);
  const soap = change(ourSample(file, address));
  const said = saidIn(await post(bench.path, plain(soap)));
  await bench.path.settle();
  return { bench, address, soap, said, hear };
}

type Posted = Awaited<ReturnType<typeof posted>>;

/** How the copy ended, and what the edge was told of it, to the right address and about the right request. */
async function endOf({ bench, address, hear }: Posted): Promise<string> {
  await bench.pass(MINUTES);
  const told = (await hear()).map((line) =>
    line.replace(` for ${address}`, '').replace(`, about ${SAMPLE_MESSAGE}`, ''),
  );
  return `${becameOf(await bench.copyTo(address))}; told ${told.join(' and ')}`;
}

/** What is answered at once, and what comes after. */
async function tracked(asked: Asked): Promise<string> {
  const request = await posted(asked);
  return `${request.said}; ${await endOf(request)}`;
}

/** What the Direct message holds, too. */
async function translated(file: string): Promise<string> {
  const request = await posted({ to: 'processeddispatched6', file });
  const { bench, soap, said } = request;
  const content = holds(bench, documentIn(soap)) ? 'the document in an XDM' : 'something else';
  return `${said}; ${content}; ${await endOf(request)}`;
}

async function refused(change: Asked['change']): Promise<string> {
  const { bench, said } = await posted({ to: 'processeddispatched6', ...(change && { change }) });
  return `${said}; ${bench.path.relay.taken.length} sent`;
}

const without = (pattern: RegExp) => (soap: string) => soap.replace(pattern, '');
const wanting = (value: string) => (soap: string) =>
  soap.replace(
    '</direct:addressBlock>',
    `<direct:X-DIRECT-FINAL-DESTINATION-DELIVERY>${value}</direct:X-DIRECT-FINAL-DESTINATION-DELIVERY>$&`,
  );

const refusing = ({ path }: EttBench) => path.relay.behave('refuses');
const TAKEN = '200, Success';

/** An end, and what the edge is told of it: our code is the reason. */
const toldOf = (end: string): string => {
  const [, code] = /^failed, ([^,]+)/.exec(end) ?? [];
  return `${end}; told ${code === undefined ? 'success' : `failure, ${code.replace('/', '.')}`}`;
};

/** The numbers of the two guides: by processed notices alone, and by processed and dispatched ones. */
const tracking: readonly (readonly [ids: readonly string[], about: string, end: string, Asked])[] =
  [
    [
      ['MT Test 13', 'MT Test 32'],
      'a bad address',
      'failed, deliver/refused, after 0 min',
      { to: 'badaddresst', before: refusing },
    ],
    [
      ['MT Test 14', 'MT Test 33'],
      'a HISP that is not trusted',
      'failed, trust/no-anchor, after 0 min',
      { to: `provider1@${UNTRUSTED}` },
    ],
    [
      ['MT Test 15', 'MT Test 34'],
      'a certificate that is not published',
      'failed, discover/no-certificate, after 0 min',
      { to: `failure15@${UNPUBLISHED}` },
    ],
    [['MT Test 16', 'MT Test 35'], 'no processed notice', UNPROCESSED, { to: 'nomdn8' }],
    [['MT Test 36'], 'no dispatched notice', UNCONFIRMED, { to: 'processedonly5' }],
    [
      ['MT Test 37'],
      'a dispatched notice that is late',
      `${UNCONFIRMED}, 1 late`,
      { to: 'processdelayeddispatch7' },
    ],
    [['MT Test 38'], 'both notices', DELIVERED, { to: 'processeddispatched6' }],
    [['MT Test 43'], 'a failure after processed', FAILED, { to: 'processedfailure' }],
    [
      ['MT Test 44'],
      'a dispatched notice that comes after the time is over',
      `${UNCONFIRMED}, 1 late`,
      { to: 'delaydispatched61' },
    ],
  ];

export const AS_HISP: readonly EttCase[] = [
  {
    id: 'XDR Test 13',
    about: 'limited metadata become a Direct message with an XDM',
    expected: `${TAKEN}; the document in an XDM; ${toldOf(DELIVERED)}`,
    run: () => translated(MINIMAL),
  },
  {
    id: 'XDR Test 14',
    about: 'full metadata become a Direct message with an XDM',
    expected: `${TAKEN}; the document in an XDM; ${toldOf(DELIVERED)}`,
    run: () => translated(FULL),
  },
  ...['XDR Test 4a', 'XDR Test 15a'].map((id) => ({
    id,
    about: 'a bad SOAP header',
    expected: '400, package/bad-soap; 0 sent',
    run: () => refused(without(/<wsa:MessageID[^]*?<\/wsa:MessageID>/)),
  })),
  ...['XDR Test 4b', 'XDR Test 15b'].map((id) => ({
    id,
    about: 'a bad SOAP body',
    expected: '200, package/bad-soap; 0 sent',
    run: () => refused((soap) => soap.replaceAll('ProvideAndRegisterDocumentSetRequest', 'Other')),
  })),
  {
    id: 'XDR Test 15 by metadata',
    about: 'an element of the metadata is missing',
    expected: '200, package/bad-metadata; 0 sent',
    run: () => refused(without(/<rim:RegistryPackage\s[^]*<\/rim:RegistryPackage>/)),
  },
  {
    id: 'XDR Test 15 by association',
    about: 'an association is missing',
    expected: '200, package/bad-metadata; 0 sent',
    run: () => refused(without(/<rim:Association\s[^]*?<\/rim:Association>/)),
  },
  ...tracking.flatMap(([ids, about, end, asked]) =>
    ids.map((id) => ({
      id: `XDR ${id}`,
      about,
      expected: `${TAKEN}; ${toldOf(end)}`,
      run: () => tracked(asked),
    })),
  ),
  {
    id: 'XDR MT Test 30',
    about: 'a good wish for the final notice',
    expected: `${TAKEN}; ${toldOf(DELIVERED)}`,
    run: () => tracked({ to: 'processeddispatched6', change: wanting('true') }),
  },
  {
    id: 'XDR MT Test 31',
    about: 'a wish for the final notice that is none',
    expected: `${TAKEN}; ${toldOf(DELIVERED)}`,
    run: () => tracked({ to: 'processeddispatched6', change: wanting('perhaps') }),
  },
];
