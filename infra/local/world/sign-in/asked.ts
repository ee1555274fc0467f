import * as z from 'zod';

/** Of this machine: http://127.0.0.1:8080, http://localhost, http://[::1]:3000. */
export const isLoopback = (url: string): boolean =>
  URL.canParse(url) &&
  /^https?:$/.test(new URL(url).protocol) &&
  ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);

const isPage = (url: string): boolean =>
  isLoopback(url) && !url.includes('#') && new URL(url).username === '';

/** Where to go back to: a page of this machine. */
const Back = z.object({ redirect_uri: z.string().refine(isPage) });

/** RFC 6749 4.1.1 with the challenge of RFC 7636; SMART's `launch` and `aud`, and the wishes of RFC 9470, are looked at or let be. */
const Asked = Back.extend({
  response_type: z.literal('code'),
  client_id: z.string().min(1),
  state: z.string().min(1),
  code_challenge: z.string().regex(/^[\w-]{43}$/),
  code_challenge_method: z.literal('S256'),
  scope: z.string().default(''),
  launch: z.string().optional(),
  max_age: z.string().regex(/^\d+$/).optional(),
  acr_values: z.string().optional(),
});

export type Asked = z.output<typeof Asked>;

/** What somebody is asked to sign in for; or what to answer instead: to nobody, where it is not known to whom. */
export type Reading =
  | { readonly kind: 'good'; readonly asked: Asked }
  | { readonly kind: 'faulty'; readonly back: string; readonly state: string | undefined }
  | { readonly kind: 'nowhere' };

export function readAsked(query: URLSearchParams): Reading {
  // RFC 6749 3.1: nothing may be there twice.
  const isOdd = [...query.keys()].some((name) => query.getAll(name).length > 1);
  const fields = Object.fromEntries(query);
  const back = Back.safeParse(fields);
  if (!back.success || isOdd) return { kind: 'nowhere' };
  const asked = Asked.safeParse(fields);
  return asked.success
    ? { kind: 'good', asked: asked.data }
    : { kind: 'faulty', back: back.data.redirect_uri, state: fields['state'] };
}

/** With an answer for whoever asked. */
export function backTo(page: string, answer: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(page);
  for (const [name, value] of Object.entries(answer)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url.href;
}
