import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { packageRecord } from '../../shared/package/package-record.ts';
import { secureBytes, secureMessage } from '../../shared/secure/secure.ts';
import { describeWith } from '../support/needs.ts';
import { WRAPPER } from './mail/frame.ts';
import { peopleOf } from './payloads/people.ts';
import { prepareKeys, preparePayload } from './payloads/prepare.ts';
import { draftOf, eventually, recordInput, valueOf } from './payloads/record-input.ts';
import { invented } from './payloads/sections.ts';
import { CaseFiles } from './protocol/case-files.ts';
import { verifyEntity, verifyPackage } from './verify.ts';

let work: string;
let folder: string;
const file = (): string => join(work, 'message');

/** What ours writes of these documents. */
async function packed(documents: readonly Buffer[]): Promise<string> {
  const { signer, recipients } = peopleOf(new CaseFiles(folder));
  const { zip } = valueOf(await eventually(packageRecord(recordInput(documents))));
  writeFileSync(file(), (await secureMessage(draftOf(zip), signer, recipients)).bytes);
  return file();
}

async function secured(entity: Buffer): Promise<string> {
  const { signer, recipients } = peopleOf(new CaseFiles(folder));
  const inner = entity.subarray(WRAPPER.length);
  const unsecured = { ...draftOf(new Uint8Array()), inner };
  writeFileSync(file(), (await secureBytes(unsecured, signer, recipients)).bytes);
  return file();
}

describeWith(['openssl'], 'before anybody is timed', () => {
  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'bench-verify-'));
    await prepareKeys(work);
    await preparePayload(invented(), 'structured-100k', work);
    folder = join(work, 'structured-100k');
  });

  afterAll(() => rmSync(work, { recursive: true, force: true }));

  test('a right message passes', async () => {
    const files = new CaseFiles(folder);
    verifyPackage(await packed(files.documents()), folder);
    verifyEntity(await secured(files.entity()), folder);
  });

  test('a message with another document in it is found out', async () => {
    const [document] = new CaseFiles(folder).documents();
    const other = Buffer.from(document!.toString().replace('</title>', '.</title>'));
    const message = await packed([other]);
    expect(() => verifyPackage(message, folder)).toThrow('came out changed');
  });

  test('a message around another entity is found out', async () => {
    const message = await secured(
      Buffer.concat([new CaseFiles(folder).entity(), Buffer.from('\r\n')]),
    );
    expect(() => verifyEntity(message, folder)).toThrow('came out changed');
  });

  test('a message that openssl does not open is found out', async () => {
    const message = await secured(new CaseFiles(folder).entity());
    writeFileSync(message, 'Content-Type: text/plain\r\n\r\nNothing\r\n');
    expect(() => verifyEntity(message, folder)).toThrow('openssl cms -decrypt');
  });
});
