import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { readXdr } from '../../../shared/package/xdr/read-xdr.ts';
import { cases } from '../../support/counts.ts';
import { cpuMsOf } from '../../support/cpu.ts';
import { asMtom, mtom, MTOM_TYPE, ownSoap, plain } from './requests.ts';

const SOAP = ownSoap();

describe('whatever comes', () => {
  const good = [plain(SOAP), mtom(asMtom(SOAP))];

  test('bytes by chance are refused, and never end in an error', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 2000 }),
        fc.constantFrom(SOAP, MTOM_TYPE, 'application/soap+xml'),
        (bytes, type) => {
          const entity = Buffer.concat([
            Buffer.from(`Content-Type: ${type.slice(0, 300)}\r\n\r\n`),
            bytes,
          ]);
          expect(readXdr(entity).ok || readXdr(bytes).ok).toBe(false);
        },
      ),
      { numRuns: cases(300, 20_000) },
    );
  });

  test('a good request with something changed is read or refused, and never ends in an error', () => {
    const spot = fc.record({
      which: fc.constantFrom(...good),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat(40),
      put: fc.uint8Array({ maxLength: 20 }),
    });
    fc.assert(
      fc.property(spot, ({ which, at, cut, put }) => {
        const from = Math.floor(at * which.length);
        const entity = Buffer.concat([which.subarray(0, from), put, which.subarray(from + cut)]);
        const request = readXdr(entity);
        expect(request.ok || /^(package|edge)\//.test(request.failure.code)).toBe(true);
      }),
      { numRuns: cases(300, 20_000) },
    );
  });

  test('a tag of two hundred thousand faults costs no more than so many tags', () => {
    const times = 200_000;
    const tags = plain(`<a>${'<b/> '.repeat(times)}`);
    const faults = plain(`<a ${'b="" '.repeat(times)}/>`);
    expect([tags, faults].map((each) => readXdr(each).ok)).toEqual([false, false]);
    expect(cpuMsOf(() => readXdr(faults))).toBeLessThan(4 * cpuMsOf(() => readXdr(tags)));
  });
});
