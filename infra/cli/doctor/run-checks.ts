import type { Check, Examined } from './check.ts';
import { doubtful, NotHere, wrong, type Finding } from './finding.ts';

/** A finding, and the check that has it. */
export type Line = Finding & { readonly check: string };

/** Long enough for four places of a directory that does not answer; nobody waits longer for a doctor. */
const WITHIN_MS = 25_000;

/** All checks at once, in their order. One that throws, or does not end, says so in its place and holds up no other. */
export async function runChecks(
  checks: readonly Check[],
  examined: Examined,
  withinMs = WITHIN_MS,
): Promise<readonly Line[]> {
  const looked = await Promise.all(
    checks.map(async ({ name, look }) => {
      const findings = await bounded((within) => look(examined, within), withinMs);
      return findings.map((finding) => ({ check: name, ...finding }));
    }),
  );
  return looked.flat();
}

async function bounded(
  look: (within: AbortSignal) => Promise<readonly Finding[]>,
  withinMs: number,
): Promise<readonly Finding[]> {
  const within = new AbortController();
  const { promise: tooLong, resolve } = Promise.withResolvers<readonly Finding[]>();
  const timer = setTimeout(() => {
    resolve([doubtful(`No answer within ${withinMs / 1000} s.`, 'Look again; if it stays so, look at the network between here and there.')]); // prettier-ignore
    within.abort();
  }, withinMs);
  try {
    return await Promise.race([look(within.signal), tooLong]);
  } catch (error) {
    return [notMade(error)];
  } finally {
    clearTimeout(timer);
  }
}

function notMade(error: unknown): Finding {
  if (error instanceof NotHere) return doubtful(error.message, error.fix);
  const name = error instanceof Error ? error.name : 'no error';
  if (/Credential|UnrecognizedClient|InvalidClientTokenId|ExpiredToken|Region/.test(name)) {
    return doubtful(`Not looked at: ${name}.`, 'Give this shell credentials of the account, and AWS_REGION.'); // prettier-ignore
  }
  if (/AccessDenied|NotAuthorized/.test(name)) {
    return doubtful(`Not looked at: ${name}.`, 'Look with a role that may read it, as docs/doctor.md says.'); // prettier-ignore
  }
  return wrong(`The look ended with ${name}.`, 'Run it again; if it stays so, the error is ours: report it with this line.'); // prettier-ignore
}
