/** The time comes from outside: no step reads a clock of its own. */
export type Now = () => Date;

export const later = (from: Date, seconds: number): Date =>
  new Date(from.getTime() + seconds * 1000);

/** Time passes outside too: a step that has to wait is given somebody who waits. */
export type Wait = (seconds: number) => Promise<unknown>;
