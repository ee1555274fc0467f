import { beforeAll, describe, expect, test } from '@jest/globals';
import { discover } from '../../shared/discover/discover.ts';
import type { CertRecord } from '../../shared/discover/directory.ts';
import type { DiscoverAnswer } from '../../shared/discover/discovery.ts';
import type { DirectAddress } from '../../shared/ids.ts';
import { done, fail } from '../../shared/outcome.ts';
import { memoryDirectory, type MemoryDirectory } from '../support/memory/directory.ts';
import { directoryContract } from '../contracts/directory.ts';
import { cachedAuthority, issueQuickly, pemOf } from '../support/pki.ts';

const ADDRESS = 'dr.jones@direct.example.org' as DirectAddress;
const AT_ADDRESS = 'dr.jones.direct.example.org';
const AT_DOMAIN = 'direct.example.org';
const JUNK = { type: 1, data: Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x05) };
const PGP = { type: 3, data: Uint8Array.of(0x99, 0x01) };

let first: Uint8Array;
let second: Uint8Array;
beforeAll(async () => {
  const authority = await cachedAuthority();
  first = (await issueQuickly(authority, { address: ADDRESS })).certificate;
  second = (await issueQuickly(authority, { domain: AT_DOMAIN })).certificate;
});

const pkix = (data: Uint8Array): CertRecord => ({ type: 1, data });

function lookUp(
  publish: (directory: MemoryDirectory) => void,
  address = ADDRESS,
): Promise<DiscoverAnswer> {
  const directory = memoryDirectory();
  publish(directory);
  let clockMs = 0;
  return discover(address, { directory, now: () => new Date((clockMs += 5)) });
}

directoryContract('the memory directory', () => {
  const directory = memoryDirectory();
  return Promise.resolve({
    directory,
    publish: directory.set,
    close: () => Promise.resolve(),
  });
});

describe('discovery', () => {
  test('takes what is published at the address and does not ask further', async () => {
    const { looks, outcome } = await lookUp((directory) => {
      directory.set(AT_ADDRESS, [pkix(first)]);
      directory.set(AT_DOMAIN, [pkix(second)]);
    });
    expect(outcome).toEqual(done({ stage: 'dns-address', certificates: [first] }));
    expect(looks).toEqual([{ stage: 'dns-address', name: AT_ADDRESS, found: 1, tookMs: 5 }]);
  });

  test('asks the domain when nothing is published at the address', async () => {
    const { looks, outcome } = await lookUp((directory) =>
      directory.set(AT_DOMAIN, [pkix(second)]),
    );
    expect(outcome).toEqual(done({ stage: 'dns-domain', certificates: [second] }));
    expect(looks).toEqual([
      {
        stage: 'dns-address',
        name: AT_ADDRESS,
        found: 0,
        code: 'discover/no-certificate',
        tookMs: 5,
      },
      { stage: 'dns-domain', name: AT_DOMAIN, found: 1, tookMs: 5 },
    ]);
  });

  test('keeps every certificate of the stage once, and junk beside them for trust to name', async () => {
    const { outcome } = await lookUp((directory) =>
      directory.set(AT_ADDRESS, [PGP, JUNK, pkix(second), pkix(first), pkix(second)]),
    );
    expect(outcome).toEqual(
      done({ stage: 'dns-address', certificates: [JUNK.data, second, first] }),
    );
  });

  test('passes over records that hold no X.509 certificate', async () => {
    const { outcome } = await lookUp((directory) => {
      directory.set(AT_ADDRESS, [PGP, { type: 4, data: Buffer.from('http://example.org/c') }]);
      directory.set(AT_DOMAIN, [pkix(second)]);
    });
    expect(outcome).toEqual(done({ stage: 'dns-domain', certificates: [second] }));
  });

  test('leaves a stage out whose name DNS cannot hold', async () => {
    const long = `${'a'.repeat(64)}@direct.example.org` as DirectAddress;
    const { looks, outcome } = await lookUp(
      (directory) => directory.set(AT_DOMAIN, [pkix(second)]),
      long,
    );
    expect(outcome.ok).toBe(true);
    expect(looks.map(({ stage }) => stage)).toEqual(['dns-domain']);
  });

  test('discover/no-certificate: nothing at the address nor at the domain', async () => {
    const { looks, outcome } = await lookUp(() => undefined);
    expect(outcome).toEqual(fail('discover/no-certificate'));
    expect(looks.map(({ name }) => name)).toEqual([AT_ADDRESS, AT_DOMAIN]);
  });

  test.each([
    ['DER of something else', () => JUNK.data],
    ['no bytes at all', () => new Uint8Array()],
    ['a certificate with a byte behind it', () => Buffer.concat([first, Buffer.of(0)])],
    ['a certificate without its last byte', () => first.subarray(0, -1)],
    ['a certificate as PEM text', () => Buffer.from(pemOf(first))],
  ])('discover/bad-certificate: %s at the address is final', async (_, data) => {
    const { looks, outcome } = await lookUp((directory) => {
      directory.set(AT_ADDRESS, [pkix(data())]);
      directory.set(AT_DOMAIN, [pkix(second)]);
    });
    expect(outcome).toEqual(fail('discover/bad-certificate'));
    expect(looks).toHaveLength(1);
  });

  test.each(['discover/unreachable', 'discover/refused', 'discover/malformed'] as const)(
    '%s: a failing look-up at the address does not fall through to the domain',
    async (code) => {
      const { looks, outcome } = await lookUp((directory) => {
        directory.break(AT_ADDRESS, code);
        directory.set(AT_DOMAIN, [pkix(second)]);
      });
      expect(outcome).toEqual(fail(code));
      expect(looks).toEqual([
        { stage: 'dns-address', name: AT_ADDRESS, found: 0, code, tookMs: 5 },
      ]);
    },
  );
});
