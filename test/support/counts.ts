/** Whether there is time for all that tests can do: CI has it. */
export const hasTime = (): boolean => process.env['CI'] === 'true';

/**
 * How many cases of a property are tried: few enough for every `npm test`, and all that it deserves with CI=true.
 *
 * @param full ten times as many unless said
 */
export const cases = (small: number, full = 10 * small): number => (hasTime() ? full : small);
