import { afterEach, describe, expect, test } from '@jest/globals';
import type { VerifyToken } from '../../shared/edge/identity/authorize.ts';
import { fail } from '../../shared/outcome.ts';

/** Whom a token is asked for. */
export interface Bearer {
  readonly subject: string;
  readonly patient: string;
  readonly scopes: readonly string[];
  /** An hour unless said; negative for one that has expired. */
  readonly validSeconds?: number;
}

export interface VerifierUnderTest {
  readonly verify: VerifyToken;
  /** A token of the issuer that is believed. */
  readonly token: (bearer: Bearer) => Promise<string>;
  /** A token of another issuer, for us. */
  readonly strangersToken: (bearer: Bearer) => Promise<string>;
  /** The issuer is out of reach from now on. */
  readonly lose: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const ANA: Bearer = { subject: 'u-1', patient: 'ana', scopes: ['consent.write', 'request.read'] };
const EXPIRED: Bearer = { ...ANA, validSeconds: -3600 };

/** What every verifier of tokens promises. */
export function verifyTokenContract(name: string, open: () => Promise<VerifierUnderTest>): void {
  describe(`${name} verifies tokens`, () => {
    let opened: VerifierUnderTest;
    const start = async (): Promise<VerifierUnderTest> => (opened = await open());
    afterEach(() => opened.close());

    test('a genuine token is answered with what it says, each with its own', async () => {
      const { verify, token } = await start();
      const anas = await token(ANA);
      const bens = await token({ subject: 'u-2', patient: 'ben', scopes: [] });
      expect(await verify(anas)).toMatchObject({
        ok: true,
        value: {
          issuer: 'default',
          claims: { sub: 'u-1', patient: 'ana', scope: 'consent.write request.read' },
        },
      });
      expect(await verify(bens)).toMatchObject({
        ok: true,
        value: { issuer: 'default', claims: { sub: 'u-2', patient: 'ben', scope: '' } },
      });
    });

    test('a token may be shown again', async () => {
      const { verify, token } = await start();
      const shown = await token(ANA);
      expect(await verify(shown)).toEqual(await verify(shown));
      expect((await verify(shown)).ok).toBe(true);
    });

    test('edge/token-expired: genuine, an hour ago', async () => {
      const { verify, token } = await start();
      expect(await verify(await token(EXPIRED))).toEqual(fail('edge/token-expired'));
    });

    test('edge/unauthenticated: of another issuer, in its time or not', async () => {
      const { verify, strangersToken } = await start();
      for (const bearer of [ANA, EXPIRED]) {
        const shown = await strangersToken(bearer);
        expect(await verify(shown)).toMatchObject(fail('edge/unauthenticated'));
      }
    });

    test('edge/unauthenticated: with one character changed, one more, or one less', async () => {
      const { verify, token } = await start();
      const shown = await token(ANA);
      const turned = [1, shown.length >> 1, shown.length - 10].map(
        (at) => shown.slice(0, at) + (shown[at] === 'A' ? 'B' : 'A') + shown.slice(at + 1),
      );
      for (const each of [...turned, `${shown}A`, shown.slice(0, -1), `A${shown}`]) {
        expect(await verify(each)).toMatchObject(fail('edge/unauthenticated'));
      }
    });

    test('edge/unauthenticated: what is no token at all', async () => {
      const { verify } = await start();
      for (const shown of ['', 'a', 'a.b.c', '..', 'null', '{}', 'é', 'a'.repeat(8192)]) {
        expect(await verify(shown)).toMatchObject(fail('edge/unauthenticated'));
      }
    });

    test('throws when the issuer is out of reach: nobody can tell then whose token it is', async () => {
      const { verify, token, lose } = await start();
      const shown = await token(ANA);
      await lose();
      await expect(verify(shown)).rejects.toThrow(/reach|fetch failed/);
    });
  });
}
