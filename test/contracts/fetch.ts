import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { Fetch, FetchFault, FetchRequest } from '../../shared/discover/fetch.ts';

export interface FetchWorld {
  readonly fetch: Fetch;
  /** Where an object, or what answers questions, or silence, can be asked for from now on. */
  readonly serve: (name: string, from: ((body: Uint8Array) => Uint8Array) | 'silence') => string;
  readonly close: () => Promise<void>;
}

const failed = (fault: FetchFault) => ({ kind: 'failed', fault });

/** What everything does that fetches, whichever way it asks. */
export function fetchContract(title: string, open: () => Promise<FetchWorld>): void {
  describe(`${title} fetches`, () => {
    let world: FetchWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());

    const ask = (url: string, more: Partial<FetchRequest> = {}) =>
      world.fetch({ url, maxBytes: 100_000, within: AbortSignal.timeout(10_000), ...more });

    test.each([0, 1, 16_384, 16_385, 99_999, 100_000])('an object of %i bytes', async (size) => {
      const bytes = Uint8Array.from(randomBytes(size));
      const url = world.serve(`${size}`, () => bytes);
      await expect(ask(url)).resolves.toEqual({ kind: 'fetched', bytes });
    });

    test('nothing that is longer than may be read', async () => {
      const url = world.serve('long', () => new Uint8Array(101));
      await expect(ask(url, { maxBytes: 100 })).resolves.toEqual(failed('too-large'));
      await expect(ask(url, { maxBytes: 101 })).resolves.toMatchObject({ kind: 'fetched' });
    });

    test('the answer to what it brings', async () => {
      const url = world.serve('question', (body) => Uint8Array.from(body).toReversed());
      const body = { type: 'application/ocsp-request', bytes: Uint8Array.of(1, 2, 3) };
      const answer = { kind: 'fetched', bytes: Uint8Array.of(3, 2, 1) };
      await expect(ask(url, { body })).resolves.toEqual(answer);
    });

    test('refused: what a server does not have', async () => {
      const url = world.serve('here', () => new Uint8Array(1));
      await expect(ask(url.replace('here', 'not-here'))).resolves.toEqual(failed('refused'));
    });

    test('too-slow: whoever asks gives up', async () => {
      const url = world.serve('silent', 'silence');
      const within = AbortSignal.timeout(50);
      await expect(ask(url, { within })).resolves.toEqual(failed('too-slow'));
      const there = world.serve('there', () => new Uint8Array(1));
      await expect(ask(there, { within: AbortSignal.abort() })).resolves.toEqual(
        failed('too-slow'),
      );
    });

    test.each([
      '',
      'crl.example.org/a.crl',
      'http://',
      'file:///etc/passwd',
      'data:application/pkix-crl,x',
      'ftp://ca.example.org/a.crl',
      'ldap://ca.example.org/cn=a',
      'javascript:1',
      'http://user@ca.example.org/a.crl',
      'http://:secret@ca.example.org/a.crl',
    ])('blocked: %j', async (url) => {
      await expect(ask(url)).resolves.toEqual(failed('blocked'));
    });
  });
}
