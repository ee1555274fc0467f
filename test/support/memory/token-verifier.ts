import { randomUUID } from 'node:crypto';
import type { Verified, VerifyToken } from '../../../shared/edge/identity/authorize.ts';
import type { Claims } from '../../../shared/edge/identity/claims.ts';
import { done, fail, type Outcome } from '../../../shared/outcome.ts';

export interface MemoryTokenVerifier {
  readonly verify: VerifyToken;
  /** A token that says this; genuine as long as nobody else made it up. */
  readonly issue: (claims: Claims) => string;
  /** A genuine one whose time is over. */
  readonly issueExpired: () => string;
  /** From now on the issuer is out of reach. */
  readonly lose: () => void;
}

/** Tokens that mean nothing to anybody but who issued them. */
export function memoryTokenVerifier(issuer = 'default'): MemoryTokenVerifier {
  const issued = new Map<string, Outcome<Verified>>();
  let isLost = false;

  const issueAs = (answer: Outcome<Verified>): string => {
    const token = randomUUID();
    issued.set(token, answer);
    return token;
  };

  return {
    async verify(token) {
      if (isLost) throw new Error('The issuer is out of reach');
      return issued.get(token) ?? fail('edge/unauthenticated');
    },
    issue: (claims) => issueAs(done({ issuer, claims })),
    issueExpired: () => issueAs(fail('edge/token-expired')),
    lose: () => {
      isLost = true;
    },
  };
}
