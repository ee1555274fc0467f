import { describe, expect, test } from '@jest/globals';
import { XdrClient, XdrClients } from '../shared/settings-relays.ts';

const isTaken = (reportTo: string): boolean =>
  XdrClient.safeParse({ subject: 'edge', reportTo }).success;

describe('where a system is told by XDR what became of what it sent', () => {
  test.each([
    'https://edge.example/xdr',
    'https://edge.example:8443/xdr?a=1',
    'http://127.0.0.1:8080/xdr',
    'http://localhost/xdr',
  ])('%s', (url) => {
    expect(isTaken(url)).toBe(true);
  });

  test.each([
    'http://edge.example/xdr',
    'http://127.edge.example/xdr',
    'http://localhost.example/xdr',
    'http://127.0.0.1@edge.example/xdr',
    'https://user:hunter2@edge.example/xdr',
    'ftp://edge.example/xdr',
    'edge.example',
  ])('is not %s', (url) => {
    expect(isTaken(url)).toBe(false);
  });
});

test('a certificate stands for one system', () => {
  const [one, other] = ['a'.repeat(64), 'B'.repeat(64)];
  const named = (...second: readonly string[]): boolean =>
    XdrClients.safeParse([
      { subject: 'edge', certificates: [one, one] },
      { subject: 'lab', certificates: second },
    ]).success;
  expect([named(other), named(), named(one.toUpperCase())]).toEqual([true, true, false]);
});
