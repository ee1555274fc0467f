import type { Failure } from '../../../shared/outcome.ts';
import { sha256, type DirectAddress } from '../../../shared/ids.ts';
import { trust, type TrustAnswer } from '../../../shared/trust/trust.ts';
import { inWords, UsageError, type Command, type Report } from '../command.ts';
import { directAddress, onlyOne, readArgs } from '../command-line.ts';
import { readAnchors } from '../certificates/read-anchors.ts';
import { linesOf, viewOf } from '../certificates/describe-certificate.ts';
import { lookUp } from './discover.ts';

/** Which of an address's certificates a holder with these anchors would encrypt to, and why not to the others. */
export const trustCommand: Command = {
  usage: 'trust ADDRESS --anchor FILE [--anchor FILE …] [--dns HOST:PORT]',
  does: 'Says which certificates of an address may be used, and of each other why not.',

  async run(args) {
    const { values, positionals } = readArgs(args, {
      anchor: { type: 'string', multiple: true },
      dns: { type: 'string' },
    });
    const address = directAddress(onlyOne(positionals, 'address'));
    if (!values.anchor) throw new UsageError('Name the authorities with --anchor FILE.');
    const anchors = (await Promise.all(values.anchor.map(readAnchors))).flat();

    const { outcome } = await lookUp(address, values.dns);
    if (!outcome.ok) return nothingFound(address, outcome.failure);
    const { certificates } = outcome.value;
    const answer = trust(address, certificates, 'encryption', { anchors, now: new Date() });
    return describe(address, certificates, answer);
  },
};

const nothingFound = (address: DirectAddress, failure: Failure): Report => ({
  ok: false,
  lines: [],
  json: { address, ...failure, certificates: [] },
  summary: `${address}: ${inWords(failure)}`,
});

function describe(
  address: DirectAddress,
  certificates: readonly Uint8Array[],
  { outcome, rejected }: TrustAnswer,
): Report {
  const judged = certificates.map((der) => ({
    der,
    code: rejected.find(({ fingerprint }) => fingerprint === sha256(der))?.code,
  }));
  const accepted = judged.filter(({ code }) => code === undefined).length;
  return {
    ok: outcome.ok,
    lines: judged.flatMap(({ der, code }, index) =>
      linesOf(der, `certificate ${index + 1}, ${code ?? 'may be used'}`),
    ),
    json: {
      address,
      ...(outcome.ok ? { proved: outcome.value.proved } : outcome.failure),
      certificates: judged.map(({ der, code }) => ({ ...viewOf(der), ...(code && { code }) })),
    },
    summary: outcome.ok
      ? `${address}: ${accepted} of ${judged.length} may be used, proving the ${outcome.value.proved}`
      : `${address}: ${inWords(outcome.failure)}`,
  };
}
