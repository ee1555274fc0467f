/** More differences than these, and it is another word. */
const MOST_DIFFERENCES = 3;

/** @returns the name that somebody meant who wrote another one, when one is near */
export function nearestName(written: string, names: Iterable<string>): string | undefined {
  const wanted = plain(written);
  const [nearest] = [...names]
    .map((name) => ({ name, differences: differencesOf(wanted, plain(name)) }))
    .filter(({ name, differences }) => differences <= Math.min(MOST_DIFFERENCES, name.length / 2))
    .toSorted((one, other) => one.differences - other.differences);
  return nearest?.name;
}

/** `relay_url`, `relayURL` and `relay-url` are spellings of one word. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Letters to put in, take out or change (Levenshtein). */
function differencesOf(one: string, other: string): number {
  let before = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [row, letter] of one.split('').entries()) {
    const now = [row + 1];
    for (const [column, against] of other.split('').entries()) {
      const changed = (before[column] ?? 0) + (letter === against ? 0 : 1);
      now.push(Math.min(changed, (before[column + 1] ?? 0) + 1, (now[column] ?? 0) + 1));
    }
    before = now;
  }
  return before.at(-1) ?? 0;
}
