import { discover } from '../../../shared/discover/discover.ts';
import type { Look } from '../../../shared/discover/discovery.ts';
import { codeInWords, inWords, type Command } from '../command.ts';
import { directAddress, onlyOne, readArgs } from '../command-line.ts';
import { linesOf, viewOf } from '../certificates/describe-certificate.ts';
import { outside, OUTSIDE_NOTES, OUTSIDE_OPTIONS, OUTSIDE_USAGE } from '../outside.ts';

/** Where a system would look for the certificates of an address, and what is there. */
export const discoverCommand: Command = {
  usage: `discover ADDRESS ${OUTSIDE_USAGE}`,
  does: 'Looks for the certificates of an address as a sender does, in DNS and LDAP, and shows each look.',
  notes: OUTSIDE_NOTES,

  async run(args) {
    const { values, positionals } = readArgs(args, OUTSIDE_OPTIONS);
    const address = directAddress(onlyOne(positionals, 'address'));
    const { looks, outcome } = await discover(address, outside(values));
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

/** What is asked for at each stage. */
const ASKED: Readonly<Record<Look['stage'], string>> = {
  'dns-address': 'CERT',
  'dns-domain': 'CERT',
  'ldap-servers': 'SRV',
  'ldap-address': 'LDAP',
  'ldap-domain': 'LDAP',
  fetch: 'GET',
};

/** One look in one line: where it belongs, what was asked, what came, and how long it took. */
export const lineOf = ({ stage, name, found, code, tookMs }: Look): string =>
  `${stage.padEnd(12)} ${ASKED[stage]} ${name}: ${code ? codeInWords(code) : `${found} found`} [${tookMs} ms]`;
