import { beforeAll, describe, expect, test } from '@jest/globals';
import { keptDocuments } from '../../shared/deliver/kept-documents.ts';
import { prepare } from '../../shared/deliver/prepare.ts';
import type { Prepared } from '../../shared/deliver/prepare/prepared.ts';
import type { Form } from '../../shared/deliver/relay.ts';
import { sha256, type TransmissionId } from '../../shared/ids.ts';
import { fail, type Outcome } from '../../shared/outcome.ts';
import { messageIdOfUri } from '../../shared/package/xdr/message-uri.ts';
import { readXdr } from '../../shared/package/xdr/read-xdr.ts';
import { uploadedRecord } from '../../shared/record/source/refresh.ts';
import { readAttachedXdm } from '../../shared/secure/attached-package.ts';
import { headerOf, readMime } from '../../shared/secure/mime.ts';
import { parseSettings, type SettingsInput } from '../../shared/settings.ts';
import type { Transmission } from '../../shared/transmission/transmission.ts';
import { SENDER } from '../lambdas/http-world.ts';
import { valueOf } from '../secure/support/people.ts';
import { memoryRelay } from '../support/memory/relay.ts';
import { discharge, DOCUMENT, readyToShare, transmission as shown } from '../support/one-record.ts';
import { RECIPIENT, type WholePath } from '../support/whole-path.ts';

const ENDPOINT = 'https://hisp.example/xdr?a=1';

let path: WholePath;
let transmission: Transmission;
beforeAll(async () => {
  path = await readyToShare();
  await discharge(path);
  const { id } = (await shown(path)) as { readonly id: TransmissionId };
  ({ transmission } = valueOf(await path.ports.ledger.read(id)));
});

const broken = (): never => {
  throw new Error('Nobody is to be asked');
};

/** With nothing at hand of what it takes to find, judge and secure. */
const prepared = (
  form: Form,
  settings: Partial<SettingsInput> = {},
  maxMessageBytes = Infinity,
): Promise<Outcome<Prepared>> =>
  prepare(transmission, 1, {
    ...path.ports,
    settings: parseSettings({ ...path.ports.settings, ...settings }),
    refreshRecord: uploadedRecord,
    documents: keptDocuments(path.ports.recordBytes),
    directory: { query: broken } as never,
    ldap: broken as never,
    fetch: broken,
    anchors: broken,
    keys: { signing: async () => fail('secure/no-identity') },
    messageIdSecret: async () => 'a secret',
    relay: { ...memoryRelay(), form, endpoint: ENDPOINT, maxMessageBytes },
  });

const IN_BOTH = ['clear', 'xdr'] as const;

describe('for a HISP', () => {
  test.each(IN_BOTH)('a copy is prepared (%s) without a certificate or a key', async (form) => {
    const { bytes, intent } = valueOf(await prepared(form));
    expect(intent).toMatchObject({
      hisp: form,
      certificates: [],
      documents: 1,
      messageBytes: bytes.length,
      messageSha256: sha256(bytes),
    });
    expect(intent).not.toHaveProperty('proved');
    expect(intent).not.toHaveProperty('revocation');
  });

  test.each(IN_BOTH)('it is the same copy (%s) at the same moment', async (form) => {
    expect(await prepared(form)).toEqual(await prepared(form));
  });

  test.each(IN_BOTH)('deliver/too-large: a byte more (%s)', async (form) => {
    const { length } = valueOf(await prepared(form)).bytes;
    expect(await prepared(form, {}, length)).toMatchObject({ ok: true });
    expect(await prepared(form, {}, length - 1)).toEqual({
      ok: false,
      failure: { code: 'deliver/too-large', detail: `${length} bytes, over ${length - 1}` },
    });
  });

  test('secure/no-identity: what we seal ourselves is not prepared like that', async () => {
    await expect(prepared('sealed')).rejects.toThrow('Nobody is to be asked');
  });
});

const message = async (settings?: Partial<SettingsInput>) => {
  const { bytes, intent } = valueOf(await prepared('clear', settings));
  return { bytes, intent, entity: valueOf(readMime(bytes)) };
};

describe('in clear', () => {
  test('it is the inner message of the profile, and nothing around it', async () => {
    const { entity, intent } = await message();
    expect(entity.contentType.value).toBe('multipart/mixed');
    const fields = ['to', 'subject', 'message-id', 'disposition-notification-to'];
    expect(fields.map((name) => headerOf(entity, name))).toEqual([
      `<${RECIPIENT}>`,
      'XDM/1.0/DDM Health record',
      `<${intent.messageId}>`,
      `<${SENDER}>`,
    ]);
    expect(headerOf(entity, 'disposition-notification-options')).toBe(
      'X-DIRECT-FINAL-DESTINATION-DELIVERY=optional,true',
    );
    expect(headerOf(entity, 'bcc')).toBeUndefined();
  });

  test('it is pure 7-bit with CRLF, and holds the package with the document as it came', async () => {
    const { bytes, entity } = await message();
    expect(Buffer.from(bytes).toString('latin1')).toMatch(/^(?:[\t\x20-\x7e]{0,998}\r\n)+$/);
    const { problems, documents } = valueOf(readAttachedXdm(entity));
    expect(problems).toEqual([]);
    expect(documents.map((each) => Buffer.from(each.bytes))).toEqual([Buffer.from(DOCUMENT)]);
  });

  test('it carries request.txt where the settings say so', async () => {
    const { entity } = await message({ requestTxt: true });
    expect(entity.parts).toHaveLength(3);
  });
});

describe('by XDR', () => {
  test('it is a request to the HISP for the recipient, with the document as it came', async () => {
    const { bytes, intent } = valueOf(await prepared('xdr'));
    const request = valueOf(readXdr(bytes));
    expect(messageIdOfUri(request.messageId)).toBe(intent.messageId);
    expect(request.addressing).toMatchObject({
      from: SENDER,
      to: [RECIPIENT],
      wantsFinalDelivery: true,
    });
    expect(Buffer.from(bytes).toString('latin1')).toContain('https://hisp.example/xdr?a=1');
    const { contents } = request;
    const documents = contents.kind === 'submission' ? contents.submission.documents : [];
    expect(documents.map((each) => Buffer.from(each.bytes))).toEqual([Buffer.from(DOCUMENT)]);
  });

  test('a relay that does not say where it takes it is a bug', async () => {
    const relay = { ...memoryRelay(), form: 'xdr' } as const;
    const documents = keptDocuments(path.ports.recordBytes);
    const ports = { ...path.ports, refreshRecord: uploadedRecord, documents, relay };
    await expect(prepare(transmission, 1, ports)).rejects.toThrow('where it takes it');
  });
});
