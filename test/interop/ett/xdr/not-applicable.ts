const NO_MAILBOX = 'we take in no messages for anybody, so there is none to hand on or to receive';

/** Cases of the certification tool about XDR that are not about us, and why. */
export const NOT_ABOUT_US: Readonly<Record<string, string>> = {
  'XDR Test 1': 'our requests have full metadata, as in XDR Test 2',
  'XDR Test 3': NO_MAILBOX,
  'XDR Test 5': NO_MAILBOX,
  'XDR Test 10': NO_MAILBOX,
  'XDR Test 11': NO_MAILBOX,
  'XDR Test 12': NO_MAILBOX,
};
