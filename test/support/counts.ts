/**
 * How many cases of a property are tried: few enough for every `npm test`, and all that it deserves with CI=true.
 *
 * @param full ten times as many unless said
 */
export const cases = (small: number, full = 10 * small): number =>
  process.env['CI'] === 'true' ? full : small;
