/** Chance comes from outside, as the time does: a number from 0 up to 1, as Math.random. */
export type Random = () => number;
