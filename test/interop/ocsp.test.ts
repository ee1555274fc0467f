import { expect, test } from '@jest/globals';
import { describeWith } from '../support/needs.ts';
import { runOcsp } from './support/ocsp.ts';

describeWith(['shared'], "the responses of OpenSSL's OCSP suite", () => {
  test('are what their names say where SHA-1 may be used, and weak where it may not', async () => {
    const { failed, passed, total } = await runOcsp();
    expect(failed).toEqual([]);
    expect([passed, total]).toEqual([108, 108]);
  });
});
