import { discover } from '../../../shared/discover/discover.ts';
import type { FailureCode } from '../../../shared/failures.ts';
import type { DirectAddress } from '../../../shared/ids.ts';
import { readCertificate } from '../../../shared/trust/certificate.ts';
import { trustBatch } from '../batch/judge-chains.ts';
import {
  certificatesIn,
  chainOptions,
  CHAIN_NOTES,
  CHAIN_OPTIONS,
  CHAIN_USAGE,
} from '../certificates/chain-options.ts';
import { linesOfJudged, viewOfJudged, type Judged } from '../certificates/describe-judged.ts';
import { judgeChain, type ChainOptions } from '../certificates/judge-chain.ts';
import { inWords, UsageError, type Command, type Report } from '../command.ts';
import { directAddress, onlyOne, readArgs } from '../command-line.ts';
import {
  outside,
  type Outside,
  OUTSIDE_NOTES,
  OUTSIDE_OPTIONS,
  OUTSIDE_USAGE,
} from '../outside.ts';

/** Which of an address's certificates a holder with these anchors would encrypt to, and why not to the others. */
export const trustCommand: Command = {
  usage: `trust [ADDRESS] --anchor FILE [--anchor FILE …] [--cert FILE] ${CHAIN_USAGE} ${OUTSIDE_USAGE}`,
  does:
    'Says which certificates of an address may be used, and of each other why not. With --cert it judges that one ' +
    'instead of those that are published, and without an ADDRESS by RFC 5280 alone. Issuers and revocation lists are ' +
    'fetched as the sender fetches them, unless --offline is given.',
  notes: [...CHAIN_NOTES, ...OUTSIDE_NOTES],
  batch: trustBatch,

  async run(args) {
    const { values, positionals } = readArgs(args, {
      ...CHAIN_OPTIONS,
      ...OUTSIDE_OPTIONS,
      cert: { type: 'string' },
    });
    const { cert } = values;
    const isNamed = positionals.length > 0 || cert === undefined;
    const address = isNamed ? directAddress(onlyOne(positionals, 'address')) : undefined;
    const world = outside(values);
    const options = await chainOptions(values, world);
    if (cert !== undefined) return judgeFile(cert, address, options);
    if (!address) throw new UsageError('Name one address.');
    return judgePublished(address, options, world);
  },
};

/** Behind the certificate its file may hold others, as files for servers do. */
async function judgeFile(
  file: string,
  address: DirectAddress | undefined,
  options: ChainOptions,
): Promise<Report> {
  const [leaf, ...others] = await certificatesIn(file);
  if (!leaf) throw new UsageError('Name a certificate with --cert FILE.');
  const intermediates = [...options.intermediates, ...others];
  const outcome = await judgeChain(leaf, {
    ...options,
    intermediates,
    ...(address && { address }),
  });
  return describe(address ? { address } : { file }, [{ der: leaf.der, outcome }]);
}

/** As `trust` does: what authorities are published beside serves as intermediates. */
async function judgePublished(
  address: DirectAddress,
  options: ChainOptions,
  world: Outside,
): Promise<Report> {
  const { outcome: found } = await discover(address, world);
  if (!found.ok) {
    return {
      ok: false,
      lines: [],
      json: { address, ...found.failure, certificates: [] },
      summary: `${address}: ${inWords(found.failure)}`,
    };
  }
  const read = found.value.certificates.map((der) => ({ der, certificate: readCertificate(der) }));
  const published = read.flatMap(({ certificate }) => (certificate.ok ? [certificate.value] : []));
  const authorities = published.filter(({ basicConstraints }) => basicConstraints?.ca);
  const intermediates = [...options.intermediates, ...authorities];
  const judged: Judged[] = [];
  for (const { der, certificate } of read) {
    const outcome = certificate.ok
      ? await judgeChain(certificate.value, { ...options, intermediates, address })
      : certificate;
    judged.push({ der, outcome });
  }
  return describe({ address }, judged);
}

function describe(
  about: { readonly address: DirectAddress } | { readonly file: string },
  judged: readonly Judged[],
): Report {
  const name = 'address' in about ? about.address : about.file;
  const verdicts = judged.flatMap(({ outcome }) => (outcome.ok ? [outcome.value] : []));
  const refusals = judged.flatMap(({ outcome }) => (outcome.ok ? [] : [outcome.failure]));
  const [refusal] = refusals.toSorted((one, other) => howFar(other.code) - howFar(one.code));
  const ok = verdicts.length > 0;
  const proves = verdicts.every(({ proved }) => proved === 'mailbox') ? 'mailbox' : 'service';
  const proved = verdicts[0]?.proved && proves;
  return {
    ok,
    lines: judged.flatMap((each, index) => linesOfJudged(each, `certificate ${index + 1}`)),
    json: {
      ...about,
      ...(ok ? proved && { proved } : refusal),
      certificates: judged.map(viewOfJudged),
    },
    summary:
      ok || !refusal
        ? `${name}: ${verdicts.length} of ${judged.length} may be used${proved ? `, proving the ${proved}` : ''}`
        : `${name}: ${inWords(refusal)}`,
  };
}

/** What is wrong with a certificate itself says less than what is wrong with its path. */
const OF_ITSELF: readonly FailureCode[] = [
  'trust/malformed',
  'trust/wrong-address',
  'trust/weak-key',
  'trust/key-usage',
  'trust/not-yet-valid',
  'trust/expired',
];

const howFar = (code: FailureCode): number =>
  OF_ITSELF.includes(code) ? OF_ITSELF.indexOf(code) : OF_ITSELF.length;
