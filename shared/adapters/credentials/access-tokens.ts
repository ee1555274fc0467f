import * as z from 'zod';
import type { Now } from '../../clock.ts';
import { later } from '../../clock.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { Credential } from '../relay-secret.ts';
import { postForm } from './post-form.ts';

type Refreshed = Extract<Credential, { refreshToken: string }>;

/** Visible ASCII: it is written into a command. */
const Granted = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]{1,8192}$/),
  expires_in: z.number().positive().max(86_400).optional(),
});

export interface AccessToken {
  readonly text: string;
  /** It was fetched before now, and may have been revoked since. */
  readonly isKept: boolean;
}

export interface AccessTokens {
  /**
   * @failure deliver/not-authorized  who gives tokens does not take what it was shown
   * @failure deliver/unreachable     or gave no answer that can be used
   */
  tokenFor(credential: Refreshed): Promise<Outcome<AccessToken>>;
  /** The one that is kept was refused. */
  forget(): void;
}

const SHORTEST_SECONDS = 300;
/** So that a token does not expire between here and the server. */
const SPARE_SECONDS = 60;

/** What a token is asked for with, and by what it is known that the one that is kept is of it. */
export interface Asking {
  readonly of: string;
  readonly tokenUrl: string;
  readonly form: () => Promise<URLSearchParams>;
}

/** A token of any grant, kept while it lasts: the newest. */
export interface KeptToken {
  /** @failure as `AccessTokens.tokenFor` */
  by(asking: Asking): Promise<Outcome<AccessToken>>;
  forget(): void;
}

/** @param authorities PEM certificates to believe besides those that Node believes */
export function keptToken(authorities: readonly string[], now: Now): KeptToken {
  let kept: { readonly of: string; readonly text: string; readonly until: Date } | undefined;

  return {
    async by({ of, tokenUrl, form }) {
      if (kept?.of === of && now() < kept.until) return done({ text: kept.text, isKept: true });
      const answer = await postForm(tokenUrl, await form(), authorities);
      if (answer.kind === 'failed') return fail('deliver/unreachable', `TOKEN ${answer.errorName}`);
      const { status, body } = answer;
      if (status >= 400 && status < 500 && status !== 429) {
        return fail('deliver/not-authorized', `TOKEN ${status}`);
      }
      const granted = status === 200 ? readGranted(body) : undefined;
      if (!granted) return fail('deliver/unreachable', `TOKEN ${status}`);
      const { access_token: text, expires_in: lasts = SHORTEST_SECONDS } = granted;
      kept = { of, text, until: later(now(), lasts - SPARE_SECONDS) };
      return done({ text, isKept: false });
    },
    forget: () => {
      kept = undefined;
    },
  };
}

/**
 * Access tokens by a refresh token (RFC 6749 section 6), kept while they last.
 *
 * @param authorities PEM certificates to believe besides those that Node believes
 */
export function accessTokens(authorities: readonly string[], now: Now): AccessTokens {
  const token = keptToken(authorities, now);
  return {
    tokenFor: (credential) =>
      token.by({
        of: JSON.stringify(credential),
        tokenUrl: credential.tokenUrl,
        form: async () => formOf(credential),
      }),
    forget: () => token.forget(),
  };
}

const formOf = ({ clientId, clientSecret, refreshToken }: Refreshed): URLSearchParams =>
  new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
  });

function readGranted(body: string): z.infer<typeof Granted> | undefined {
  try {
    return Granted.parse(JSON.parse(body));
  } catch {
    return undefined;
  }
}
