export type Verdict = 'ok' | 'warn' | 'fail';

/** One line of the doctor's. Whatever is not well says how it is put right. */
export type Finding = { readonly says: string } & (
  { readonly verdict: 'ok' } | { readonly verdict: 'warn' | 'fail'; readonly fix: string }
);

export const well = (says: string): Finding => ({ verdict: 'ok', says });
/** What will hold for now, or could not be looked at from here. */
export const doubtful = (says: string, fix: string): Finding => ({ verdict: 'warn', says, fix });
/** What keeps copies from leaving, or answers from coming back. */
export const wrong = (says: string, fix: string): Finding => ({ verdict: 'fail', says, fix });

/** Something that has to be there to look at all: the check is not made, and says so. */
export class NotHere extends Error {
  readonly fix: string;

  constructor(says: string, fix: string) {
    super(says);
    this.fix = fix;
  }
}

/** Of bundles that were not fetched, or lie where nobody may look. */
export const noAnchors = (): NotHere =>
  new NotHere('No anchor is at hand to judge certificates by.', 'Name the trust bucket with --trust-bucket NAME, or the authority with --anchor FILE.'); // prettier-ignore
