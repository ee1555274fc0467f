import { describe, expect, test } from '@jest/globals';
import {
  addressName,
  domainName,
  isDnsName,
  readCertRdata,
  writeCertRdata,
} from '../../shared/discover/dns-cert.ts';
import type { DirectAddress } from '../../shared/ids.ts';

const address = (text: string): DirectAddress => text as DirectAddress;

describe('the names under which certificates are published', () => {
  test('the at sign becomes a dot and the dots before it stay', () => {
    expect(addressName(address('jane.q.doe@direct.example.org'))).toBe(
      'jane.q.doe.direct.example.org',
    );
    expect(domainName(address('jane.q.doe@direct.example.org'))).toBe('direct.example.org');
  });

  test('a label may have 63 octets and no more', () => {
    expect(isDnsName(`${'a'.repeat(63)}.example.org`)).toBe(true);
    expect(isDnsName(`${'a'.repeat(64)}.example.org`)).toBe(false);
    expect(isDnsName(`${'é'.repeat(32)}.example.org`)).toBe(false);
  });

  test('a name may have 255 octets on the wire and no more', () => {
    const labels = Array.from({ length: 126 }, () => 'a');
    expect(isDnsName([...labels, 'a'].join('.'))).toBe(true);
    expect(isDnsName([...labels, 'bb'].join('.'))).toBe(false);
  });
});

describe('the data of a CERT record', () => {
  test('begins with a type of two octets; key tag and algorithm are passed over', () => {
    const rdata = Uint8Array.of(0x01, 0x02, 0xaa, 0xbb, 8, 0x30, 0x00);
    expect(readCertRdata(rdata)).toEqual({ type: 258, data: Uint8Array.of(0x30, 0x00) });
  });

  test('may be empty, but not shorter than its five octets', () => {
    expect(readCertRdata(Uint8Array.of(0, 1, 0, 0, 0))).toEqual({
      type: 1,
      data: new Uint8Array(),
    });
    expect(readCertRdata(Uint8Array.of(0, 1, 0, 0))).toBeUndefined();
    expect(readCertRdata(new Uint8Array())).toBeUndefined();
  });

  test('is read as it was written', () => {
    const record = { type: 253, data: Uint8Array.of(1, 2, 3) };
    expect(readCertRdata(writeCertRdata(record))).toEqual(record);
  });
});
