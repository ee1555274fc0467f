import { createHash, randomBytes } from 'node:crypto';
import type { TokenRequest } from '../token-request.ts';
import type { Asked } from './asked.ts';

/** How generous the issuer is; for tests, which cannot wait for an hour. */
export interface GrantRules {
  /** @default 3600 */
  readonly tokensLastSeconds?: number;
  /** @default 60 */
  readonly codesLastSeconds?: number;
  /** Whether there is a refresh token. @default true */
  readonly isRenewable?: boolean;
}

/** One sign-in, with all that came of it. */
interface Grant {
  readonly user: TokenRequest;
  readonly asked: Asked;
  readonly codeUntil: number;
  /** The one refresh token that is good now: another comes with each use. */
  refresh: string | undefined;
  isUsed: boolean;
}

export interface Granted {
  readonly user: TokenRequest;
  readonly refresh: string | undefined;
}

/** Codes and refresh tokens of this issuer, each good once; whoever brings one a second time ends the sign-in. */
export class Grants {
  readonly #byCode = new Map<string, Grant>();
  readonly #byRefresh = new Map<string, Grant>();
  rules: GrantRules = {};

  /** @returns the code to go back with */
  begin(user: TokenRequest, asked: Asked): string {
    const code = secret();
    const codeUntil = Date.now() + (this.rules.codesLastSeconds ?? 60) * 1000;
    this.#byCode.set(code, { user, asked, codeUntil, refresh: undefined, isUsed: false });
    return code;
  }

  /** What a token endpoint is asked by whoever has no `kind` to show: RFC 6749 4.1.3 and 6, RFC 7636 4.5. */
  take(form: URLSearchParams): Granted | undefined {
    switch (form.get('grant_type')) {
      case 'authorization_code':
        return this.#takeCode(form);
      case 'refresh_token':
        return this.#takeRefresh(form);
      case null:
      default:
        return undefined;
    }
  }

  #takeCode(form: URLSearchParams): Granted | undefined {
    const grant = this.#byCode.get(form.get('code') ?? '');
    if (!grant) return undefined;
    const { asked, codeUntil, isUsed } = grant;
    const isGood =
      !isUsed &&
      Date.now() <= codeUntil &&
      form.get('client_id') === asked.client_id &&
      form.get('redirect_uri') === asked.redirect_uri &&
      proves(form.get('code_verifier') ?? '', asked.code_challenge);
    grant.isUsed = true;
    if (isGood) return this.#given(grant);
    grant.refresh = undefined;
  }

  #takeRefresh(form: URLSearchParams): Granted | undefined {
    const shown = form.get('refresh_token') ?? '';
    const grant = this.#byRefresh.get(shown);
    if (!grant) return undefined;
    const isGood = grant.refresh === shown && form.get('client_id') === grant.asked.client_id;
    grant.refresh = undefined;
    return isGood ? this.#given(grant) : undefined;
  }

  #given(grant: Grant): Granted {
    if (this.rules.isRenewable ?? true) {
      grant.refresh = secret();
      this.#byRefresh.set(grant.refresh, grant);
    }
    return { user: grant.user, refresh: grant.refresh };
  }
}

const secret = (): string => randomBytes(32).toString('base64url');

const proves = (verifier: string, challenge: string): boolean =>
  /^[\w.~-]{43,128}$/.test(verifier) &&
  createHash('sha256').update(verifier).digest('base64url') === challenge;
