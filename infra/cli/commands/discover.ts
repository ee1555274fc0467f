import { dnsDirectory } from '../../../shared/adapters/dns.ts';
import { discover } from '../../../shared/discover/discover.ts';
import type { Directory } from '../../../shared/discover/directory.ts';
import type { DiscoverAnswer, Look } from '../../../shared/discover/discovery.ts';
import type { DirectAddress } from '../../../shared/ids.ts';
import { codeInWords, CommandError, inWords, type Command } from '../command.ts';
import { directAddress, onlyOne, readArgs } from '../command-line.ts';
import { linesOf, viewOf } from '../certificates/describe-certificate.ts';

/** Where a system would look for the certificates of an address, and what is there. */
export const discoverCommand: Command = {
  usage: 'discover ADDRESS [--dns HOST:PORT]',
  does: 'Looks for the certificates of an address as a sender does, and shows each look.',

  async run(args) {
    const { values, positionals } = readArgs(args, { dns: { type: 'string' } });
    const address = directAddress(onlyOne(positionals, 'address'));
    const { looks, outcome } = await lookUp(address, values.dns);
    const certificates = outcome.ok ? outcome.value.certificates : [];

    return {
      ok: outcome.ok,
      lines: [
        ...looks.map(lineOf),
        ...certificates.flatMap((der, index) => linesOf(der, `certificate ${index + 1}`)),
      ],
      json: {
        address,
        ...(outcome.ok ? { stage: outcome.value.stage } : outcome.failure),
        looks,
        certificates: certificates.map(viewOf),
      },
      summary: outcome.ok
        ? `${address}: ${certificates.length} found at ${outcome.value.stage}`
        : `${address}: ${inWords(outcome.failure)}`,
    };
  },
};

/** Asks the given resolver, or those of this machine. */
export const lookUp = (address: DirectAddress, dns = 'system'): Promise<DiscoverAnswer> =>
  discover(address, { directory: directoryAt(dns), now: () => new Date() });

function directoryAt(resolvers: string): Directory {
  try {
    return dnsDirectory({ resolvers });
  } catch {
    throw new CommandError(
      `--dns takes HOST:PORT, or several with commas; this is none: ${resolvers}`,
    );
  }
}

const lineOf = ({ stage, name, found, code, tookMs }: Look): string =>
  `${stage.padEnd(12)} CERT ${name}: ${code ? codeInWords(code) : `${found} found`} [${tookMs} ms]`;
