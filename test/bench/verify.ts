import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { CaseFiles } from './protocol/case-files.ts';

/** Opens a message with openssl and nothing of ours. @returns the entity that was signed */
function openedByOpenssl(message: string, work: string): Buffer {
  const key = (name: string): string => join(work, 'keys', name);
  const [signed, entity] = [`${message}.signed`, `${message}.entity`];
  const recipient = ['-recip', key('recipient.crt'), '-inkey', key('recipient.key')];
  openssl('cms', '-decrypt', '-in', message, ...recipient, '-out', signed);
  openssl('cms', '-verify', '-in', signed, '-CAfile', key('anchor.crt'), '-out', entity);
  return readFileSync(entity);
}

const openssl = (...args: readonly string[]): Buffer =>
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });

/** @throws Error when openssl does not open the message, or the entity in it is another than that of the case */
export function verifyEntity(message: string, folder: string): void {
  const opened = openedByOpenssl(message, join(folder, '..'));
  if (!opened.equals(new CaseFiles(folder).entity()))
    throw new Error('The entity came out changed');
}

/** @throws Error when openssl does not open the message, or a file in its zip is missing or another than that of the case */
export function verifyPackage(message: string, folder: string): void {
  const opened = openedByOpenssl(message, join(folder, '..')).toString('latin1');
  const [, part] = opened.split(/^Content-Type: application\/zip/m);
  const [, body] = part?.split(/\r?\n\r?\n/) ?? [];
  const files = unzipSync(Buffer.from(body?.split('\r\n--')[0] ?? '', 'base64'));
  for (const { name, bytes } of new CaseFiles(folder).zipFiles()) {
    const found = files[name];
    if (!found || !bytes.equals(found)) throw new Error(`${name} came out changed, or not at all`);
  }
}
