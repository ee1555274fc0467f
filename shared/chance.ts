/** Chance comes from outside, as the time does: a number from 0 up to, but never, 1. */
export type Random = () => number;
