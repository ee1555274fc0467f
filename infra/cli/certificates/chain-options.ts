import type { Outcome } from '../../../shared/outcome.ts';
import { isOid } from '../../../shared/oid.ts';
import { readCertificate, type Certificate } from '../../../shared/trust/certificate.ts';
import { newEffort } from '../../../shared/trust/path/effort.ts';
import { readCrl } from '../../../shared/trust/revocation/crl.ts';
import { readOcspResponse } from '../../../shared/trust/revocation/ocsp-response.ts';
import { STRICT, type RevocationMode, type TrustRules } from '../../../shared/trust/rules.ts';
import { sourcesOf } from '../../../shared/trust/sources.ts';
import { CommandError, UsageError } from '../command.ts';
import { readInput } from '../command-line.ts';
import type { Outside } from '../outside.ts';
import { Instant, instantOf } from './instant.ts';
import type { ChainOptions } from './judge-chain.ts';
import { objectsInFile } from './objects-in.ts';
import { readAnchors } from './read-anchors.ts';

/** The options by which a command is told how to judge a chain, for `readArgs`. */
export const CHAIN_OPTIONS = {
  anchor: { type: 'string', multiple: true },
  intermediate: { type: 'string', multiple: true },
  crl: { type: 'string', multiple: true },
  ocsp: { type: 'string', multiple: true },
  at: { type: 'string' },
  policy: { type: 'string', multiple: true },
  revocation: { type: 'string' },
  'allow-sha1': { type: 'boolean', default: false },
  offline: { type: 'boolean', default: false },
} as const;

/** How they are written. */
export const CHAIN_USAGE =
  '[--intermediate FILE …] [--crl FILE …] [--ocsp FILE …] [--at TIME] [--policy OID …] ' +
  '[--revocation required|hard-fail|soft-fail|off] [--allow-sha1] [--offline]';

/** What they take. */
export const CHAIN_NOTES = [
  '--anchor, --cert, --intermediate: PEM of one certificate or several, or DER. --crl, --ocsp: PEM or DER.',
  '--at: the time to judge at, as 2026-04-15T00:00:00Z; now unless given.',
  '--policy: an OID; the whole path has to be under one of those that are given. Not asked for unless given.',
  '--allow-sha1: takes signatures with SHA-1; those with MD5 never count.',
  '--revocation: hard-fail (unless given) wants an answer about every certificate that names a source, required about',
  '  those too that name none; soft-fail takes those without an answer and says so, off asks nobody.',
] as const;

type Values = {
  readonly [Name in keyof typeof CHAIN_OPTIONS]?:
    | ((typeof CHAIN_OPTIONS)[Name] extends { readonly multiple: true }
        ? readonly string[]
        : (typeof CHAIN_OPTIONS)[Name]['type'] extends 'boolean'
          ? boolean
          : string)
    | undefined;
};

/** @throws CommandError naming the option or the file that is wrong */
export async function chainOptions(values: Values, world: Outside): Promise<ChainOptions> {
  if (!values.anchor) throw new UsageError('Name the authorities with --anchor FILE.');
  return {
    anchors: await all(values.anchor, readAnchors),
    intermediates: await all(values.intermediate, certificatesIn),
    rules: rulesOf(values),
    usages: [],
    now: values.at === undefined ? world.now() : timeOf(values.at),
    effort: newEffort(),
    evidence: {
      crls: await all(values.crl, (file) => listed(file, 'crl', readCrl)),
      ocsp: await all(values.ocsp, (file) => listed(file, 'ocsp', readOcspResponse)),
    },
    ...(values.offline ? {} : { sources: sourcesOf(world) }),
  };
}

/** All certificates of a file, in order. */
export const certificatesIn = (file: string): Promise<readonly Certificate[]> =>
  listed(file, 'certificate', readCertificate);

const all = async <T>(
  files: readonly string[] = [],
  read: (file: string) => Promise<readonly T[]>,
): Promise<readonly T[]> => (await Promise.all(files.map(read))).flat();

const CALLED = { certificate: 'certificate', crl: 'revocation list', ocsp: 'OCSP answer' };

async function listed<T>(
  file: string,
  kind: keyof typeof CALLED,
  read: (bytes: Uint8Array) => Outcome<T>,
): Promise<readonly T[]> {
  const found = objectsInFile(await readInput(file), kind).map(read);
  if (found.length === 0 || !found.every((each) => each.ok)) {
    throw new CommandError(`${file} holds no ${CALLED[kind]} that can be read.`);
  }
  return found.map(({ value }) => value);
}

function timeOf(text: string): Date {
  if (!Instant.safeParse(text).success) {
    throw new UsageError(`--at takes a time as 2026-04-15T00:00:00Z; this is none: ${text}.`);
  }
  return instantOf(text);
}

const MODES: readonly RevocationMode[] = ['required', 'hard-fail', 'soft-fail', 'off'];

function rulesOf({ policy, revocation, 'allow-sha1': allowSha1 = false }: Values): TrustRules {
  const mode = MODES.find((each) => each === (revocation ?? STRICT.revocation));
  if (!mode) throw new UsageError(`--revocation takes one of ${MODES.join(', ')}.`);
  const wrong = policy?.find((each) => !isOid(each));
  if (wrong !== undefined) throw new UsageError(`--policy takes an OID; this is none: ${wrong}.`);
  const demands = policy && { initialPolicies: new Set(policy), explicitPolicy: true };
  return { ...STRICT, revocation: mode, allowSha1, ...demands };
}
