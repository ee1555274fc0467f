import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCommand } from '../../infra/cli/commands/open.ts';
import { packageCommand } from '../../infra/cli/commands/package.ts';
import { secureCommand } from '../../infra/cli/commands/secure.ts';
import { readXdm } from '../../infra/local/partner/xdm/contents.ts';
import { SAMPLE_TEXT, sampleBundle, samplePdf } from '../support/files.ts';
import { describeWith, SHARED } from '../support/needs.ts';
import { cachedAuthority, cachedKeys, issueQuickly } from '../support/pki.ts';
import { runCli } from './run-cli.ts';

const COMMANDS = { open: openCommand, package: packageCommand, secure: secureCommand };
const transmit = (...args: string[]) => runCli(COMMANDS, ...args);

const folder = mkdtempSync(join(tmpdir(), 'package-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

const CCD = join(SHARED, 'vectors/ccda/hl7ex_CCD.xml');
const REFERRAL = join(SHARED, 'vectors/ccda/hl7ex_Referral_Note.xml');

const documentOf = (id: string, section = ''): string =>
  `<ClinicalDocument xmlns="urn:hl7-org:v3"><recordTarget><patientRole><id root="1.2.3" extension="${id}"/>
  </patientRole></recordTarget><component><structuredBody><component>${section}</component></structuredBody></component></ClinicalDocument>`;

beforeAll(async () => {
  const authority = await cachedAuthority();
  const sender = await issueQuickly(authority, { address: 'records@holder.example' });
  const keys = await cachedKeys('recipient');
  const recipient = await issueQuickly(authority, { domain: 'clinic.example', keys });
  const curve = await issueQuickly(authority, {
    domain: 'curve.example',
    keys: await cachedKeys('curve', { ec: 'P-256' }),
  });
  writeFileSync(at('sender.pem'), sender.certificatePem);
  writeFileSync(at('sender.key'), sender.privateKeyPem);
  writeFileSync(at('recipient.pem'), recipient.certificatePem);
  writeFileSync(at('recipient.key'), recipient.privateKeyPem);
  writeFileSync(at('curve.pem'), curve.certificatePem);
  writeFileSync(at('one.xml'), documentOf('1'));
  writeFileSync(at('two.xml'), documentOf('2'));
  writeFileSync(at('not.xml'), '<html/>');
  writeFileSync(at('any.zip'), 'PK');
});

const secured = (...more: string[]) => [
  'secure',
  at('any.zip'),
  '--from=records@holder.example',
  '--to=berg@clinic.example',
  `--key=${at('sender.key')}`,
  `--cert=${at('sender.pem')}`,
  `--out=${at('message.eml')}`,
  ...more,
];

const openAs = (reader: string) =>
  transmit(
    'open',
    at('message.eml'),
    `--key=${at(`${reader}.key`)}`,
    `--cert=${at(`${reader}.pem`)}`,
  );

describeWith(['shared'], 'a real document', () => {
  test('goes through package, secure and open, and a strict receiver finds it flawless', async () => {
    const zip = at('ccd.zip');
    expect(await transmit('package', CCD, '--out', zip)).toMatchObject({ exitCode: 0, err: [] });
    const read = readXdm(readFileSync(zip));
    expect(read.problems).toEqual([]);
    expect(read.documents.map(({ bytes }) => Buffer.from(bytes))).toEqual([readFileSync(CCD)]);

    const [command, , ...rest] = secured('--recipient', at('recipient.pem'));
    expect(await transmit(command!, zip, ...rest)).toMatchObject({ exitCode: 0, err: [] });
    const { exitCode, out } = await openAs('recipient');
    expect(exitCode).toBe(0);
    expect(out).toContain(`    IHE_XDM/SUBSET01/DOC00001.XML, ${statSync(CCD).size} bytes`);
  });

  test('record/patient-mismatch: a second document, of another patient', async () => {
    const ran = await transmit('package', at('one.xml'), REFERRAL, '--out', at('mixed.zip'));
    expect(ran).toMatchObject({
      exitCode: 1,
      err: [expect.stringMatching(/Referral_Note\.xml: record\/patient-mismatch: /)],
    });
  });
});

describe('package', () => {
  test('takes several documents of one patient', async () => {
    const files = [at('one.xml'), at('one.xml')];
    const { out, err } = await transmit('package', ...files, '--out', at('two.zip'), '--json');
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      entries: expect.arrayContaining(['IHE_XDM/SUBSET01/DOC00002.XML']) as unknown,
      sizeBytes: statSync(at('two.zip')).size,
    });
    expect(err).toEqual([expect.stringContaining('2 documents')]);
  });

  test('takes files of other kinds, by the ending of their names', async () => {
    const bundle = sampleBundle([{ system: 'urn:oid:1.2.3', value: '1' }]);
    writeFileSync(at('scan.PDF'), samplePdf());
    writeFileSync(at('note.txt'), SAMPLE_TEXT);
    writeFileSync(at('eob.json'), bundle);
    const files = ['scan.PDF', 'note.txt', 'eob.json', 'one.xml'].map(at);
    const { exitCode, out } = await transmit('package', ...files, '--out', at('k.zip'), '--json');
    expect(exitCode).toBe(0);
    const { documents } = JSON.parse(out[0] ?? '') as { documents: readonly { uri: string }[] };
    expect(documents.map(({ uri }) => uri)).toEqual([
      'DOC00001.PDF',
      'DOC00002.TXT',
      'DOC00003.JSO',
      'DOC00004.XML',
    ]);
  });

  test('names the patient by a bundle where there is no clinical document', async () => {
    writeFileSync(at('eob.json'), sampleBundle([{ system: '1.2.3', value: '7' }]));
    const { out } = await transmit('package', at('eob.json'), '--out', at('e.zip'), '--json');
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      documents: [{ mimeType: 'application/fhir+json', patientId: '7^^^&1.2.3&ISO' }],
    });
  });

  test.each([
    ['a bundle about somebody else', 'other.json', 'patient-mismatch'],
    ['a PDF that is none', 'one.pdf', 'record/not-pdf'],
  ])('refuses %s', async (_, file, says) => {
    writeFileSync(at('other.json'), sampleBundle([{ system: '1.2.3', value: '2' }]));
    writeFileSync(at('one.pdf'), documentOf('1'));
    const ran = await transmit('package', at('one.xml'), at(file), '--out', at('x.zip'));
    expect(ran).toMatchObject({ exitCode: 1, err: [expect.stringContaining(says)] });
  });

  test('says which sections the documents have together, one line of it', async () => {
    writeFileSync(at('sections.xml'), documentOf('1', '<section><code code="48765-2"/></section>'));
    const args = ['package', at('one.xml'), at('sections.xml'), '--out', at('sections.zip')];
    const { out } = await transmit(...args);
    expect(out.filter((line) => line.startsWith('sections: '))).toEqual([
      expect.stringMatching(/0 of 14 present; empty: allergies; missing: encounters, imm/),
    ]);
    const { sections } = JSON.parse((await transmit(...args, '--json')).out[0] ?? '') as never;
    expect(sections).toMatchObject({ present: [], empty: ['allergies'] });
  });

  test.each([
    ['no document', [], 'at least one'],
    ['no file to write', [at('one.xml')], '--out'],
    ['no OID', [at('one.xml'), '--oid', 'abc', '--out', at('x')], '--oid takes the OID'],
    ['no sender', [at('one.xml'), '--from', 'a', '--out', at('x')], '--from: discover/bad-address'],
    ['another patient', [at('one.xml'), at('two.xml'), '--out', at('x')], 'patient-mismatch'],
    ['no C-CDA', [at('not.xml'), '--out', at('x')], 'not.xml: record/not-clinical-document'],
    ['a folder that is not there', [at('one.xml'), '--out', at('no/x')], 'Cannot write'],
  ])('says it in one line: %s', async (_, args, says) => {
    const all = args.length === 0 ? ['--out', at('x')] : args;
    const ran = await transmit('package', ...all);
    expect(ran).toMatchObject({ exitCode: 1, out: [], err: [expect.stringContaining(says)] });
  });
});

describe('secure', () => {
  test('encrypts to every certificate that is named', async () => {
    const both = ['--recipient', at('recipient.pem'), '--recipient', at('sender.pem')];
    expect(await transmit(...secured(...both))).toMatchObject({ exitCode: 0 });
    for (const reader of ['recipient', 'sender']) {
      const ran = await openAs(reader);
      expect(ran).toMatchObject({ exitCode: 0 });
    }
  });

  test.each([
    ['no recipient', [], '--recipient'],
    ['a key that is not RSA', ['--recipient', at('curve.pem')], 'no RSA key'],
  ])('says it in one line: %s', async (_, args, says) => {
    const ran = await transmit(...secured(...args));
    expect(ran).toMatchObject({ exitCode: 1, out: [], err: [expect.stringContaining(says)] });
  });
});
