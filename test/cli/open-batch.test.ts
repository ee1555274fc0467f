import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { openCommand } from '../../infra/cli/commands/open.ts';
import { innerMessage } from '../../shared/secure/inner-message.ts';
import { decodeBody, readMime } from '../../shared/secure/mime.ts';
import { secureMessage } from '../../shared/secure/secure.ts';
import { encryptEntity, signEntity } from '../secure/support/entities.ts';
import { craftedSignature, withSignature } from '../secure/support/crafted-signature.ts';
import { mailOf } from '../secure/support/openssl.ts';
import { draft, valueOf } from '../secure/support/people.ts';
import {
  cachedAuthority,
  cachedKeys,
  issueQuickly,
  type Authority,
  type Issued,
} from '../support/pki.ts';
import { folderFor } from './files.ts';
import { runBatchOf, runCli } from './run-cli.ts';
import { bytesOf } from '../secure/support/bytes-of.ts';

const file = folderFor('open-batch');
const open = (...requests: readonly (object | string | Uint8Array)[]) =>
  runBatchOf(openCommand, requests);

const ENTITY = Buffer.concat([
  Buffer.from('Content-Type: message/rfc822\r\n\r\n'),
  bytesOf(innerMessage(draft)),
]);

let authority: Authority;
let sender: Issued;
let reader: Issued;
let anchor: string;
let otherAnchor: string;
/** Of a good message. */
let request: { file: string; key: string; certificate: string };

const encrypted = (...entity: Uint8Array[]): Uint8Array =>
  encryptEntity(
    Buffer.concat(entity),
    [reader.certificate],
    {},
    'From: <records@holder.example>\r\n',
  );
const asked = (name: string, message: Uint8Array, more: object = {}) => ({
  ...request,
  file: file(name, message),
  ...more,
});
/** Of a message around that entity, where the signer must be trusted. */
const codeOf = (name: string, entity: Uint8Array): Promise<unknown> =>
  codeFor(asked(name, encrypted(entity), { anchors: [anchor] }));
const codeFor = async (line: object): Promise<unknown> => (await open(line)).answers[0]!['code'];

beforeAll(async () => {
  authority = await cachedAuthority();
  sender = await issueQuickly(authority, { address: draft.from });
  reader = await issueQuickly(authority, {
    domain: 'clinic.example',
    keys: await cachedKeys('green'),
  });
  anchor = file('anchor.pem', authority.certificatePem);
  otherAnchor = file('other.pem', (await cachedAuthority('Another')).certificatePem);
  const { bytes } = await secureMessage(draft, sender, [reader.certificate]);
  request = {
    file: file('message.eml', bytes),
    key: file('key.pem', reader.privateKeyPem),
    certificate: file('cert.pem', reader.certificatePem),
  };
});

describe('open --batch', () => {
  test('says who signed, how it was protected, and what is inside', async () => {
    const { exitCode, answers, err } = await open({ id: 'a', ...request, anchors: [anchor] });
    const algorithms = {
      contentEncryption: 'aes-256-cbc',
      keyTransport: 'rsaes-pkcs1-v1_5',
      digest: 'sha-256',
      signature: 'rsa',
    };
    const parts = [
      { type: 'text/plain', bytes: draft.text.length + 2 },
      { type: 'application/zip', name: 'health-record.zip', bytes: draft.zip.length },
    ];
    expect(answers).toEqual([{ id: 'a', ok: true, signer: draft.from, algorithms, parts }]);
    expect([exitCode, err]).toEqual([0, ['it: 1 of 1 messages opened']]);
  });

  test('answers every line in its place; a refusal is an answer', async () => {
    const plain = asked('plain.eml', Buffer.from('From: a\r\n\r\nhello'));
    const { exitCode, answers, err } = await open(
      { id: 1, ...plain },
      { id: 2, ...request },
      { ...request },
    );
    expect(answers).toMatchObject([
      { id: 1, ok: false, code: 'secure/not-encrypted', algorithms: {}, parts: [] },
      { id: 2, ok: true },
      { ok: true },
    ]);
    expect([exitCode, err]).toEqual([0, ['it: 2 of 3 messages opened']]);
  });

  test('takes keys and certificates as DER too', async () => {
    const key = reader.privateKey.export({ format: 'der', type: 'pkcs8' });
    const der = {
      ...request,
      key: file('key.der', key),
      certificate: file('cert.der', reader.certificate),
      anchors: [file('anchor.der', authority.certificate)],
    };
    expect((await open(der)).answers).toMatchObject([{ ok: true }]);
  });

  test('cannot be given anything but lines', async () => {
    const { batch: _, ...single } = openCommand;
    const { exitCode, err } = await runBatchOf(single, []);
    expect([exitCode, err]).toEqual([1, ['`it --batch` is not there.']]);
    const more = await runCli({ open: openCommand }, 'open', '--batch', 'message.eml');
    expect(more).toMatchObject({ exitCode: 1, err: [expect.stringContaining('every request is')] });
  });
});

describe('a line that is no request, or names a file that is not there', () => {
  test.each<[string, string | Uint8Array | object, string]>([
    ['no JSON', 'nonsense', 'edge/malformed'],
    ['nothing', '', 'edge/malformed'],
    ['no object', '7', 'edge/malformed'],
    ['no UTF-8', Buffer.of(0x7b, 0xff, 0x7d), 'edge/malformed'],
    ['a list', [], 'edge/malformed'],
    ['no file', { key: 'k', certificate: 'c' }, 'edge/malformed'],
    ['more than a megabyte', `{"file":"${'x'.repeat(1024 * 1024)}"}`, 'edge/too-large'],
  ])('%s', async (_, line, code) => {
    const { exitCode, answers, err } = await open(line, { id: 'next', ...request });
    expect(answers).toEqual([
      { ok: false, code, algorithms: {}, parts: [] },
      expect.objectContaining({ id: 'next', ok: true }),
    ]);
    expect([exitCode, err.at(-1)]).toEqual([1, 'it: 1 of 2 messages opened']);
    expect(err[0]).toMatch(/^it: line 1: /);
  });

  test.each<[string, () => object, string]>([
    ['a message that is not there', () => ({ file: '/nowhere/x.eml' }), 'edge/not-found'],
    ['a folder', () => ({ file: '/tmp' }), 'edge/not-found'],
    ['a key that is not there', () => ({ key: '/nowhere/x.pem' }), 'edge/not-found'],
    ['a key that is none', () => ({ key: request.certificate }), 'edge/malformed'],
    ['a certificate that is none', () => ({ certificate: request.key }), 'edge/malformed'],
    ['an anchor that is none', () => ({ anchors: [request.key] }), 'edge/malformed'],
    [
      'an anchor in PEM that is none',
      () => ({ anchors: [reader.privateKeyPem] }),
      'edge/malformed',
    ],
    ['a time that is none', () => ({ at: 'yesterday' }), 'edge/malformed'],
  ])('%s', async (_, wrong, code) => {
    const { exitCode, answers } = await open({ id: 'a', ...request, ...wrong() });
    const nothing = { ok: false, algorithms: {}, parts: [] };
    expect([exitCode, answers]).toEqual([1, [{ id: 'a', code, ...nothing }]]);
  });
});

describe('whether the signer is trusted', () => {
  test('is asked only of anchors', async () => {
    expect(await codeFor({ ...request, anchors: [] })).toBeUndefined();
    expect(await codeFor({ ...request, anchors: null })).toBeUndefined();
    expect(await codeFor({ ...request, anchors: [otherAnchor, anchor] })).toBeUndefined();
    expect(await codeFor({ ...request, anchors: [authority.certificatePem] })).toBeUndefined();
  });

  test('if not, it says who signed, and nothing of what is inside', async () => {
    const { answers } = await open({ ...request, anchors: [otherAnchor] });
    expect(answers).toMatchObject([
      { ok: false, code: 'trust/no-anchor', signer: draft.from, parts: [] },
    ]);
  });

  test.each([
    ['2001-01-01T00:00:00Z', 'trust/not-yet-valid'],
    ['2099-01-01T00:00:00+02:00', 'trust/expired'],
    ['2099-01-01', 'trust/expired'],
    ['2099-01-01T00:00:00', 'trust/expired'],
  ])('is judged at the time that is given: %s', async (at, code) => {
    expect(await codeFor({ ...request, anchors: [anchor], at })).toBe(code);
    expect(await codeFor({ ...request, at })).toBeUndefined();
  });

  test('trust/wrong-address: signed by another than the sender', async () => {
    const other = await issueQuickly(authority, { address: 'other@holder.example' });
    const { bytes } = await secureMessage(draft, other, [reader.certificate]);
    expect(await codeFor(asked('other.eml', bytes, { anchors: [anchor] }))).toBe(
      'trust/wrong-address',
    );
  });

  test('a certificate of the whole domain speaks for the sender, and is named by the domain', async () => {
    const service = await issueQuickly(authority, { domain: 'holder.example' });
    const { bytes } = await secureMessage(draft, service, [reader.certificate]);
    const { answers } = await open(asked('service.eml', bytes, { anchors: [anchor] }));
    expect(answers).toMatchObject([{ ok: true, signer: 'holder.example' }]);
  });

  test('a message without a sender speaks for its signer', async () => {
    const entity = Buffer.from('Content-Type: text/plain\r\n\r\nHello\r\n');
    const signed = await signEntity(entity, sender, draft.date);
    const bytes = encryptEntity(signed, [reader.certificate]);
    expect(await codeFor(asked('nobody.eml', bytes, { anchors: [anchor] }))).toBeUndefined();
    expect(await codeFor(asked('nobody.eml', bytes, { anchors: [otherAnchor] }))).toBe(
      'trust/no-anchor',
    );
  });

  test('an authority that comes with the signature may stand between signer and anchor', async () => {
    const keys = await cachedKeys('between');
    const between = await issueQuickly(authority, { name: 'Between', ca: true, keys });
    const signer = await issueQuickly(between, { address: draft.from });
    const cms = craftedSignature(ENTITY, signer, { certificates: [between.certificate] });
    const signed = withSignature(await signEntity(ENTITY, sender, draft.date), cms);
    expect(await codeOf('between.eml', signed)).toBeUndefined();
    expect(await codeOf('alone.eml', await signEntity(ENTITY, signer, draft.date))).toBe(
      'trust/no-anchor',
    );
  });
});

describe('what is wrong with a message', () => {
  test('SHA-1 counts only where the line says so', async () => {
    const cms = craftedSignature(ENTITY, sender, { hash: 'sha1' });
    const signed = withSignature(await signEntity(ENTITY, sender, draft.date), cms);
    const old = asked('old.eml', encrypted(signed));
    expect(await codeFor(old)).toBe('secure/weak-digest');
    expect(await codeFor({ ...old, allowSha1: true })).toBeUndefined();
  });

  test('a key of another and a damaged message are answered alike', async () => {
    const { bytes } = await secureMessage(draft, sender, [reader.certificate]);
    const cms = Buffer.from(valueOf(decodeBody(valueOf(readMime(bytes)))));
    // The top bit of the last byte of padding, which is 16 at most.
    cms[cms.length - 17]! ^= 0x80;
    const { answers } = await open(
      { ...request, key: file('sender.key', sender.privateKeyPem) },
      asked('damaged.eml', mailOf(cms)),
      { ...request, certificate: file('sender.pem', sender.certificatePem) },
    );
    const same = { ok: false, code: 'secure/undecryptable', algorithms: {}, parts: [] };
    expect(answers).toEqual([same, same, same]);
  });
});

const TOOL = resolve(import.meta.dirname, '../../infra/cli/transmit.ts');

test('runs as a program: an answer comes while the next request is not yet written', async () => {
  const child = spawn(process.execPath, [TOOL, 'open', '--batch']);
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  const ids: unknown[] = [];
  for (let id = 0; id < 3; id++) {
    child.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
    const { value } = await answers.next();
    ids.push((JSON.parse(String(value)) as { id: unknown }).id);
  }
  const closed = once(child, 'close');
  child.stdin.end();
  expect([ids, (await closed)[0]]).toEqual([[0, 1, 2], 0]);
  expect(Buffer.concat(errors).toString()).toBe('open: 3 of 3 messages opened\n');
});

test('ends quietly when nobody reads any more', async () => {
  const child = spawn(process.execPath, [TOOL, 'open', '--batch']);
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  child.stdin.on('error', () => undefined);
  const closed = once(child, 'close');
  child.stdin.write('{}\n');
  await once(child.stdout, 'data');
  child.stdout.destroy();
  await once(child.stdout, 'close');
  // Each in a turn of its own: only then is an error of the answer before it seen.
  const more = setInterval(() => child.stdin.write('{}\n'), 10);
  await closed;
  clearInterval(more);
  expect(child.exitCode).toBe(1);
  expect(Buffer.concat(errors).toString()).not.toContain('EPIPE');
});
