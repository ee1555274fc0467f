import { readAddress, type ReadAddress } from '../address/read.ts';
import type { Answer } from '../api/problem.ts';
import type { Reachability } from '../api/views.ts';
import { filled, type Words } from '../words/words.ts';

/** What the API said of addresses, or why it said nothing. */
export type Known = Readonly<Record<string, Answer<Reachability>>>;

/** What is to be said of one field. */
export type Verdict =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'wrong';
      readonly why: string;
      /** Whether somebody who is still typing may yet make it right. */
      readonly isEarly: boolean;
    }
  | {
      readonly kind: 'checking' | 'good';
      readonly address: string;
      readonly says: string;
      readonly warning: string;
      /** Who operates the address. */
      readonly owner?: string;
    };

/** Judges what stands in the fields, each beside those before it: an address may stand there once. */
export function verdictsOf(
  typed: readonly string[],
  known: Known,
  words: Words['choose'],
): readonly Verdict[] {
  const reads = typed.map(readAddress);
  const keys = reads.map((read) => (read.ok ? read.address.toLowerCase() : ''));
  const isNothing = reads.every((read) => !read.ok && read.fault === 'empty');
  return reads.map((read, at) => {
    if (read.ok) {
      return keys.indexOf(keys[at] ?? '') < at
        ? { kind: 'wrong', why: words.repeated, isEarly: false }
        : judged(read, known[read.address], words);
    }
    if (read.fault === 'empty' && !(isNothing && at === 0)) return { kind: 'empty' };
    const isEarly = read.fault !== 'hidden' && read.fault !== 'long';
    return { kind: 'wrong', why: words[read.fault], isEarly };
  });
}

function judged(
  { address, lookAlike }: ReadAddress & { ok: true },
  answer: Answer<Reachability> | undefined,
  words: Words['choose'],
): Verdict {
  const warning = lookAlike === undefined ? '' : filled(words.alike, { name: lookAlike });
  const fine = { address, warning };
  const wrong = (why: string): Verdict => ({
    kind: 'wrong',
    why: `${why} ${warning}`.trim(),
    isEarly: false,
  });
  if (!answer) return { ...fine, kind: 'checking', says: words.checking };
  if (!answer.ok) {
    const { canTryAgain, sentence } = answer.problem;
    return canTryAgain ? { ...fine, kind: 'good', says: words.notNow } : wrong(sentence);
  }
  const { reachability, sentence = '' } = answer.body;
  if (reachability === 'not-reachable') return wrong(sentence);
  if (reachability === 'cannot-tell-now') return { ...fine, kind: 'good', says: words.notNow };
  if (reachability === 'unknown') return { ...fine, kind: 'good', says: sentence };
  return { ...fine, kind: 'good', ...reached(answer.body, warning, words) };
}

function reached(
  { organization, commonName, proved, caution }: Reachability,
  warning: string,
  words: Words['choose'],
) {
  const owner = organization ?? commonName;
  const whose = owner === undefined ? '' : filled(words.belongs, { name: owner });
  return {
    says: `${whose} ${words[proved ?? 'service']}`.trim(),
    warning: caution ? `${warning} ${words.caution}`.trim() : warning,
    ...(owner !== undefined && { owner }),
  };
}
