import { done, failAt, type Outcome } from '../../outcome.ts';

/** As others bound theirs: what is longer, some server on the way refuses. */
const MAX_CHARACTERS = 2048;
/** URL parsers drop or encode what is not among these, and then it is another URL than the one that was written. */
const VISIBLE = /^[\x21-\x7e]+$/;

/**
 * Reads where reports shall go. Whether the host may be spoken to is asked where the connection is made, each time.
 *
 * @param loopback whether this machine may be told things in the open: for tests
 * @failure report/bad-url
 */
export function parseWebhookUrl(text: string, loopback: boolean): Outcome<string> {
  const url = text.length <= MAX_CHARACTERS && VISIBLE.test(text) ? URL.parse(text) : undefined;
  if (!url) return badUrl('not-a-url');
  const isSecret = url.protocol === 'https:' || (loopback && url.protocol === 'http:');
  if (!isSecret) return badUrl('not-https');
  if (url.username !== '' || url.password !== '') return badUrl('holds-a-password');
  // It would never be sent.
  url.hash = '';
  return done(url.href);
}

export const badUrl = (code: string): Outcome<never> =>
  failAt('report/bad-url', [{ pointer: '/url', code }]);
