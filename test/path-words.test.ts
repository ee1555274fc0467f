import { describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { sha256 } from '../shared/ids.ts';
import { decodeBody, fileNameOf, type MimeEntity } from '../shared/secure/mime.ts';
import { ADMIN, ANA } from './lambdas/http-world.ts';
import { ACCEPTED, key, register, share, SHARE } from './lambdas/steps.ts';
import { sampleCcda } from './support/ccda.ts';
import { discharge, kinds, readyToShare, transmission, upload } from './support/one-record.ts';
import { RECIPIENT, wholePath, type WholePath } from './support/whole-path.ts';

const textOf = (part: MimeEntity | undefined): string => {
  const body = part && decodeBody(part);
  return body?.ok ? Buffer.from(body.value).toString() : '';
};

/** What the recipient finds in the copy that came `index`-th. */
function received(path: WholePath, index = 0) {
  const copy = path.relay.taken[index];
  if (!copy) throw new Error('The relay has no such copy');
  const { parts } = path.partner.open(copy).innerEntity;
  const zip = parts.find((part) => fileNameOf(part)?.endsWith('.zip'));
  const bytes = zip && decodeBody(zip);
  return {
    body: textOf(parts[0]),
    request: textOf(parts.find((part) => fileNameOf(part) === 'request.txt')),
    files: bytes?.ok ? unzipSync(bytes.value) : {},
  };
}

const page = ({ files }: ReturnType<typeof received>): string =>
  Buffer.from(files['INDEX.HTM'] ?? '').toString();

const RESTRICTED = sampleCcda({ confidentiality: 'R' });

describe('who agreed in Spanish', () => {
  const spanish = 'Usted pide que se envíe su expediente.';

  test('has the request, and what is sent for it, in Spanish', async () => {
    const path = await wholePath();
    await register(path);
    const text = { language: 'es', version: '2026-06-01', sha256: sha256(spanish) as string };
    await path.ask('POST /v1/patients/ana/consents', {
      as: ANA,
      json: { ...ACCEPTED, text },
      headers: key('consent-1'),
    });
    await upload(path);
    await path.settle();
    const json = { ...SHARE, addresses: [RECIPIENT], frequency: 'once' };
    expect((await share(path, { json })).body).toMatchObject({ language: 'es' });
    await path.settle();
    const copy = received(path);
    expect(copy.body).toMatch(
      /^Este mensaje fue enviado por Green Street a petición del paciente\./,
    );
    expect(page(copy)).toContain('Expediente médico de Ana Lucia Rivera');
  });
});

describe('a message', () => {
  test('begins with who sent it, in English unless the patient agreed in another language', async () => {
    const path = await readyToShare();
    await discharge(path);
    const copy = received(path);
    expect(copy.body).toMatch(
      /^This message was sent by Green Street at the request of the patient\./,
    );
    expect(copy.body).not.toMatch(/Ana|Rivera|MRN/);
    expect(copy.request).toBe('');
    expect(page(copy)).toContain('Health record of Ana Lucia Rivera');
    expect(Object.keys(copy.files).some((name) => name.endsWith('DOC00001.HTM'))).toBe(false);
  });

  test('carries request.txt by setting, and says whether more copies follow', async () => {
    const path = await readyToShare({ requestTxt: true });
    await discharge(path);
    expect(received(path).request).toBe(
      `Destination: ${RECIPIENT}\r\nPatient: Ana Lucia Rivera\r\nData-holder: Green Street\r\nRecurring: Yes\r\n`,
    );
    const json = { ...SHARE, addresses: [RECIPIENT], frequency: 'once' };
    await share(path, { json, headers: key('share-2') });
    await path.settle();
    expect(received(path, 1).request).toContain('Recurring: No\r\n');
  });

  test('carries a page for reading by setting', async () => {
    const path = await readyToShare({ htmlRendering: true });
    await discharge(path);
    const rendered = received(path).files['IHE_XDM/SUBSET01/DOC00001.HTM'];
    expect(Buffer.from(rendered ?? '').toString()).toContain('Penicillin G');
  });
});

describe('a sensitive document', () => {
  test('is sent with a notice by setting', async () => {
    const path = await readyToShare({ sensitive: { mode: 'send-with-notice' } }, RESTRICTED);
    await discharge(path);
    const copy = received(path);
    const told = 'Federal or state law may forbid you to pass them on';
    expect(copy.body).toContain(told);
    expect(page(copy)).toContain(told);
    expect(Buffer.from(copy.files['README.TXT'] ?? '').toString()).toContain(told);
  });

  test('waits for its release by setting, and leaves after it', async () => {
    const path = await readyToShare({ sensitive: { mode: 'hold' } }, RESTRICTED);
    await discharge(path);
    const waiting = await transmission(path);
    expect(waiting).toMatchObject({ status: 'waiting' });
    expect(waiting.timeline.at(-1)).toMatchObject({
      kind: 'deferred',
      code: 'record/held',
      sentence:
        "A sensitive document waits for release by the data holder's staff. Another attempt follows.",
    });
    expect(path.relay.taken).toEqual([]);
    await path.ask('POST /v1/patients/ana/record/documents/ccd/release', {
      as: ADMIN,
      json: { sha256: sha256(RESTRICTED) },
    });
    await path.sweepAt('2026-11-22T12:01:00.000Z');
    expect(kinds(await transmission(path))).toEqual([
      'requested',
      'deferred',
      'intent',
      'accepted',
    ]);
    expect(Object.keys(received(path).files)).toContain('IHE_XDM/SUBSET01/DOC00001.XML');
  });

  test('waits again when it changed after its release', async () => {
    const path = await readyToShare({ sensitive: { mode: 'hold' } }, RESTRICTED);
    await path.ask('POST /v1/patients/ana/record/documents/ccd/release', {
      as: ADMIN,
      json: { sha256: sha256(RESTRICTED) },
    });
    await upload(path, sampleCcda({ confidentiality: 'R', title: 'Newer' }));
    await path.settle();
    await path.sweepAt('2026-11-22T12:05:00Z');
    expect(await transmission(path)).toMatchObject({ status: 'waiting' });
    expect(path.relay.taken).toEqual([]);
  });

  test('that nobody releases ends the copy with its code when patience ends', async () => {
    const deadlines = { retryForSeconds: 90, retryAfterSeconds: [60] };
    const path = await readyToShare({ sensitive: { mode: 'hold' }, deadlines }, RESTRICTED);
    await discharge(path);
    await path.sweepAt('2026-11-22T12:01:00.000Z');
    expect(await transmission(path)).toMatchObject({
      status: 'failed',
      code: 'record/held',
      sentence: "A sensitive document waits for release by the data holder's staff.",
    });
    expect(path.relay.taken).toEqual([]);
  });

  test('is left out by setting, which the page and the timeline say', async () => {
    const path = await readyToShare({ sensitive: { mode: 'exclude' } }, RESTRICTED);
    await path.ask('PUT /v1/patients/ana/record/documents/plain', {
      as: { ...ADMIN, kind: 'system', scopes: ['record.write'] },
      bytes: sampleCcda({ title: 'Plain' }),
      headers: { 'content-type': 'application/xml' },
    });
    await path.settle();
    await path.sweepAt('2026-11-22T12:05:00Z');
    expect(page(received(path))).toContain('left out one document');
    const { timeline } = await transmission(path);
    expect(timeline.find(({ kind }: { kind: string }) => kind === 'intent')).toMatchObject({
      excluded: 1,
      sentence:
        'The copy was packaged, signed and encrypted, and is about to leave. One document was left out because it is sensitive.',
    });
  });

  test('record/excluded: it is all there is', async () => {
    const path = await readyToShare({ sensitive: { mode: 'exclude' } }, RESTRICTED);
    await discharge(path);
    expect(await transmission(path)).toMatchObject({ status: 'failed', code: 'record/excluded' });
    expect(path.relay.taken).toEqual([]);
  });
});
