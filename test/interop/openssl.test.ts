import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { decodeBody, fileNameOf, readMime } from '../../shared/secure/mime.ts';
import { describeWith, SHARED } from '../support/needs.ts';
import { discharge, readyToShare } from '../support/one-record.ts';
import type { WholePath } from '../support/whole-path.ts';

const SCHEMA = join(SHARED, 'vectors/ebrim-xsd/nist-toolkit-v3/lcm.xsd');

let folder: string;
let path: WholePath;
let inner: Buffer;

const at = (name: string): string => join(folder, name);
const openssl = (...args: string[]): Buffer =>
  execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] });

/** What openssl makes of the message that the relay was given: nothing of ours is used to read it. */
function openedByOpenssl(): Buffer {
  writeFileSync(at('message.eml'), path.relay.taken[0]!.bytes);
  writeFileSync(at('recipient.pem'), path.recipient.certificatePem);
  writeFileSync(at('recipient.key'), path.recipient.privateKeyPem, { mode: 0o600 });
  writeFileSync(at('anchor.pem'), path.anchor.certificatePem);
  const keys = ['-recip', at('recipient.pem'), '-inkey', at('recipient.key')];
  openssl('cms', '-decrypt', '-in', at('message.eml'), ...keys, '-out', at('signed.eml'));
  const trust = [
    '-CAfile',
    at('anchor.pem'),
    '-purpose',
    'any',
    '-attime',
    String(path.ports.now().getTime() / 1000),
  ];
  openssl('cms', '-verify', '-in', at('signed.eml'), ...trust, '-out', at('wrapped.eml'));
  return readFileSync(at('wrapped.eml'));
}

/** The zip of the message that lies in the wrapper. */
function zipIn(wrapped: Buffer): Record<string, Uint8Array> {
  const wrapper = readMime(wrapped);
  if (!wrapper.ok) throw new Error(wrapper.failure.code);
  expect(wrapper.value.contentType.value).toBe('message/rfc822');
  const message = readMime(wrapper.value.body);
  if (!message.ok) throw new Error(message.failure.code);
  const part = message.value.parts.find((each) => fileNameOf(each)?.endsWith('.zip'));
  const zip = part && decodeBody(part);
  if (!zip?.ok) throw new Error('There is no zip');
  return unzipSync(zip.value);
}

describeWith(['openssl'], 'the message that left the relay', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'interop-'));
    path = await readyToShare();
    await discharge(path);
    inner = openedByOpenssl();
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test('is decrypted and verified by openssl', () => {
    expect(inner.toString('latin1')).toContain('XDM/1.0/DDM');
  });

  test('holds documents whose SHA-1 and size are those of METADATA.XML', () => {
    const entries = zipIn(inner);
    const metadata = Buffer.from(entries['IHE_XDM/SUBSET01/METADATA.XML']!).toString();
    const document = entries['IHE_XDM/SUBSET01/DOC00001.XML']!;
    const slot = (name: string): string | undefined =>
      new RegExp(
        `<(?:\\w+:)?Slot name="${name}">\\s*<(?:\\w+:)?ValueList>\\s*<(?:\\w+:)?Value>([^<]*)<`,
      ).exec(metadata)?.[1];
    expect(slot('hash')).toBe(createHash('sha1').update(document).digest('hex'));
    expect(slot('size')).toBe(String(document.length));
    expect(slot('URI')).toBe('DOC00001.XML');
  });

  describeWith(['shared', 'xmllint'], 'its METADATA.XML', () => {
    test('is valid ebRIM', () => {
      writeFileSync(at('METADATA.XML'), zipIn(inner)['IHE_XDM/SUBSET01/METADATA.XML']!);
      const check = ['--nonet', '--noout', '--schema', SCHEMA, at('METADATA.XML')];
      expect(() => execFileSync('xmllint', check, { stdio: 'pipe' })).not.toThrow();
    });
  });
});
