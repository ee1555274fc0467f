/** A run of vowels; `u` after `q`, and after `g` before `e` and `i`, is not heard, and `y` is one at the end of a word. */
const RUN = /[aeiouáéíóúü]+y?$|[aeiouáéíóúü]+|y$/g;
const SILENT_U = /(?<=q)u|(?<=g)u(?=[eiéí])/g;

/** Each of these is a syllable of its own: strong vowels, and weak ones with an accent, which keeps them apart. */
const STRONG = /[aeoáéóíú]/g;

/**
 * How many syllables a Spanish word is spoken with. The spelling tells: weak vowels (`i`, `u`) go with their neighbours unless
 * they have an accent (`día` has two, `dia-rio` two), and two strong ones are two (`le-er`).
 */
export function syllablesInSpanish(written: string): number {
  const runs = written.toLowerCase().replaceAll(SILENT_U, '').match(RUN) ?? [];
  const spoken = runs.reduce((sum, run) => sum + Math.max(1, run.match(STRONG)?.length ?? 0), 0);
  return Math.max(1, spoken);
}
