import type { FailureCode } from '../../../shared/failures.ts';
import { done, type Outcome } from '../../../shared/outcome.ts';
import { readBundle } from '../../../shared/trust/bundle/read-bundle.ts';
import { fetchBundle } from '../../../shared/trust/bundle/refresh.ts';
import type { Certificate } from '../../../shared/trust/certificate.ts';
import { checkKeyStrength } from '../../../shared/trust/checks/key-strength.ts';
import { checkValidityPeriod } from '../../../shared/trust/checks/validity-period.ts';
import { STRICT } from '../../../shared/trust/rules.ts';
import { certificatesIn } from '../certificates/chain-options.ts';
import { linesOf, viewOf } from '../certificates/describe-certificate.ts';
import { CommandError, inWords, type Command, type Report } from '../command.ts';
import { onlyOne, readArgs, readInput } from '../command-line.ts';
import {
  outside,
  OUTSIDE_NOTES,
  OUTSIDE_OPTIONS,
  OUTSIDE_USAGE,
  type Outside,
} from '../outside.ts';

/** What a published list of anchors holds, before a stage is told to believe it. */
export const bundleCommand: Command = {
  usage: `bundle FILE|URL [--signer PEM] [--allow-sha1] ${OUTSIDE_USAGE}`,
  does:
    'Reads a trust bundle as the daily refresh does, and shows its anchors. With --signer it has to be signed by that ' +
    'certificate; the code behind an anchor says why no path will end there.',
  notes: [
    '--signer: the certificate of whoever publishes it, in PEM or DER; without it a signature need only be good.',
    '--allow-sha1: takes signatures with SHA-1, as the setting trust.allowSha1 does.',
    ...OUTSIDE_NOTES,
  ],

  async run(args) {
    const { values, positionals } = readArgs(args, {
      ...OUTSIDE_OPTIONS,
      signer: { type: 'string' },
      'allow-sha1': { type: 'boolean', default: false },
    });
    const place = onlyOne(positionals, 'bundle: a file or a URL');
    const signer = values.signer === undefined ? undefined : await signerIn(values.signer);
    const world = outside(values);
    const now = world.now();
    const bytes = await bytesAt(place, world);
    const rules = { ...STRICT, allowSha1: values['allow-sha1'] };
    const bundle = bytes.ok
      ? readBundle(bytes.value, { rules, now, ...(signer && { signer }) })
      : bytes;
    if (bundle.ok) return describe(place, bundle.value.anchors, bundle.value.skipped, now);
    const { failure } = bundle;
    const json = { bundle: place, ...failure, anchors: [] };
    return { ok: false, lines: [], json, summary: `${place}: ${inWords(failure)}` };
  },
};

const bytesAt = async (place: string, { fetch }: Outside): Promise<Outcome<Uint8Array>> =>
  /^https?:\/\//i.test(place) ? fetchBundle({ url: place }, fetch) : done(await readInput(place));

async function signerIn(file: string): Promise<Certificate> {
  const [signer, ...others] = await certificatesIn(file);
  if (!signer || others.length > 0) throw new CommandError(`${file} holds more than one signer.`);
  return signer;
}

function describe(
  place: string,
  anchors: readonly Certificate[],
  skipped: number,
  now: Date,
): Report {
  const judged = anchors.map((anchor) => ({ anchor, code: faultOf(anchor, now) }));
  const useless = judged.filter(({ code }) => code !== undefined).length;
  return {
    ok: true,
    lines: judged.flatMap(({ anchor, code }, index) =>
      linesOf(anchor.der, `anchor ${index + 1}${code ? `, ${code}` : ''}`),
    ),
    json: {
      bundle: place,
      skipped,
      anchors: judged.map(({ anchor, code }) => ({ ...viewOf(anchor.der), ...(code && { code }) })),
    },
    summary:
      `${place}: ${anchors.length === 1 ? '1 anchor' : `${anchors.length} anchors`}` +
      `${useless > 0 ? `, ${useless} of no use` : ''}${skipped > 0 ? `, ${skipped} passed over` : ''}`,
  };
}

/** Why no path will end at an anchor by the rules that hold where nobody says otherwise. */
const faultOf = (anchor: Certificate, now: Date): FailureCode | undefined =>
  checkKeyStrength(anchor, 'signature') ?? checkValidityPeriod(anchor, now);
