import type { ReadAddress } from '../address/read.ts';
import type { Reachability } from '../api/views.ts';
import { filled, type Words } from '../words/words.ts';

/** What was found out of addresses; nothing yet of those that are being asked about. */
export type Known = Readonly<Record<string, Reachability | undefined>>;

/** What is to be said of one field. */
export interface Verdict {
  /** That is, or may yet turn out, good. */
  readonly address?: string;
  readonly isChecking?: boolean;
  readonly says?: string;
  readonly warning?: string;
  /** Why it will not do. */
  readonly wrong?: string | undefined;
  /** Whether somebody who is still typing may yet make it right. */
  readonly isEarly?: boolean;
}

/** Judges what stands in the fields, each beside those before it: an address may stand there once. */
export function verdictsOf(
  reads: readonly ReadAddress[],
  known: Known,
  words: Words['choose'],
): readonly Verdict[] {
  const keys = reads.map((read) => (read.ok ? read.address.toLowerCase() : read.fault));
  return reads.map((read, at) => {
    if (read.ok) {
      const isRepeated = keys.indexOf(keys[at] ?? '') < at;
      return isRepeated ? { wrong: words.repeated } : judged(read, known[read.address], words);
    }
    const { fault } = read;
    // One is wanted, and no more.
    if (fault === 'empty' && (at > 0 || keys.some((key) => key !== fault))) return {};
    return { wrong: words[fault], isEarly: fault !== 'hidden' && fault !== 'long' };
  });
}

function judged(
  { address, lookAlike }: ReadAddress & { ok: true },
  is: Reachability | undefined,
  words: Words['choose'],
): Verdict {
  const alike = lookAlike && filled(words.alike, { name: lookAlike });
  const warning = inARow(alike, is?.caution && words.caution);
  if (!is) return { address, warning, says: words.checking, isChecking: true };
  const { reachability, sentence = '', proved, organization, commonName } = is;
  if (reachability === 'not-reachable') return { wrong: sentence, warning };
  const owner = organization ?? commonName;
  const says = {
    reachable: inARow(owner && filled(words.belongs, { name: owner }), words[proved ?? 'service']),
    unknown: sentence,
    'cannot-tell-now': words.notNow,
  };
  return { address, warning, says: says[reachability] };
}

const inARow = (...sentences: readonly (string | undefined)[]): string =>
  sentences.filter(Boolean).join(' ');
