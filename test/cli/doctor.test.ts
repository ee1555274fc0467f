import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { doctorCommand } from '../../infra/cli/commands/doctor.ts';
import { publishCommand } from '../../infra/cli/commands/publish.ts';
import { startDnsServer, type DnsServer } from '../../infra/local/world/dns-server.ts';
import { describeWith } from '../support/needs.ts';
import { cachedAuthority, cachedKeys, issueQuickly, type IssueOptions } from '../support/pki.ts';
import { ldifOf } from '../support/servers/ldif.ts';
import { startNamed } from '../support/servers/name-servers.ts';
import type { Server } from '../support/servers/server.ts';
import { startSlapd } from '../support/servers/slapd.ts';
import { addressLine, srvLine, zoneOf } from '../support/servers/zone-file.ts';
import { folderFor } from './files.ts';
import { runCli } from './run-cli.ts';

const ADDRESS = 'Records@holder.example';
const write = folderFor('doctor');
let anchor: string;
let ours: string;
let der: Uint8Array;
beforeAll(async () => {
  const authority = await cachedAuthority();
  anchor = write('anchor.pem', authority.certificatePem);
  const issued = await certified({ address: ADDRESS });
  ours = write('ours.pem', issued.certificatePem);
  der = issued.certificate;
});

const certified = async (options: IssueOptions) => issueQuickly(await cachedAuthority(), options);

const doctor = (...args: readonly string[]) =>
  runCli({ doctor: doctorCommand }, 'doctor', ...args, '--loopback');

describeWith(
  ['named', 'slapd'],
  'doctor, where BIND and OpenLDAP serve what publish prints',
  () => {
    let servers: readonly Server[] = [];
    let dns: string;
    beforeAll(async () => {
      const args = ['--cert', ours, '--base', 'ou=direct', '--json'];
      const { out } = await runCli({ publish: publishCommand }, 'publish', ...args);
      const [{ zone, ldif }] = (JSON.parse(out[0] ?? '') as { publications: [Record<string, string[]>] }).publications; // prettier-ignore
      const slapd = await startSlapd({
        databases: [
          { suffix: 'ou=direct', ldif: `${ldifOf('ou=direct', [])}\n${ldif!.join('\n')}\n` },
        ],
      });
      const named = await startNamed(
        zoneOf('holder.example', [
          ...zone!,
          addressLine('ldap.holder.example'),
          srvLine('_ldap._tcp.holder.example', {
            priority: 0,
            weight: 0,
            port: slapd.port,
            target: 'ldap.holder.example',
          }),
        ]),
      );
      servers = [slapd, named];
      dns = `127.0.0.1:${named.port}`;
    });
    afterAll(() => Promise.all(servers.map((server) => server.close())));

    test('finds ours where it belongs, in both', async () => {
      const { exitCode, out } = await doctor(
        ADDRESS,
        '--cert',
        ours,
        '--anchor',
        anchor,
        '--dns',
        dns,
      );
      expect([exitCode, out]).toEqual([
        0,
        [
          'H1 dns-address  1 found: published',
          'H2 dns-domain   0 found: not there',
          'H3 ldap-address 1 found: published',
          'H4 ldap-domain  0 found: not there',
          expect.stringMatching(
            /^Records@holder\.example: others find it at dns-address and trust it; 7\d\d days left$/,
          ),
        ],
      ]);
    });

    test('trust/no-anchor: tells that nobody with other anchors would trust it', async () => {
      const other = await cachedAuthority('Unknown Anchor');
      const anchors = ['--anchor', write('other.pem', other.certificatePem)];
      const { exitCode, out } = await doctor(ADDRESS, '--cert', ours, ...anchors, '--dns', dns);
      expect([exitCode, out]).toEqual([
        1,
        expect.arrayContaining([
          expect.stringMatching(/^Nobody trusts what is found\. trust\/no-anchor: /),
        ]),
      ]);
    });
  },
);

describe('doctor', () => {
  let dns: DnsServer;
  beforeAll(async () => {
    dns = await startDnsServer();
  });
  afterAll(() => dns.close());

  const look = (...args: readonly string[]) =>
    doctor(ADDRESS, '--cert', ours, '--anchor', anchor, '--dns', dns.address, ...args);

  test('says how to publish what is nowhere', async () => {
    dns.set('records.holder.example', []);
    const { exitCode, out } = await look();
    expect(exitCode).toBe(1);
    expect(out.slice(4)).toEqual([
      expect.stringMatching(/^Nobody finds a certificate: publish it.*`transmit publish`/),
      'Records@holder.example: 1 to do before answers can be relied on',
    ]);
  });

  test('says what to remove when another stops the search, and where', async () => {
    const expired = await certified({ address: ADDRESS, notAfter: new Date(Date.now() - 1000) });
    dns.set('records.holder.example', [expired.certificate]);
    dns.set('holder.example', [Uint8Array.of(1, 2, 3)]);
    const { exitCode, out } = await look();
    dns.set('holder.example', []);
    expect(exitCode).toBe(1);
    expect(out.slice(4, -1)).toEqual([
      expect.stringMatching(/^Nobody trusts what is found\. trust\/expired: /),
      'H1 (dns-address): remove what is there: a search that meets it ends with it.',
      expect.stringMatching(/^H2 \(dns-domain\): write the record anew/),
    ]);
  });

  test('with --json says the same to programs', async () => {
    const renewed = await certified({ address: ADDRESS, keys: await cachedKeys('renewed') });
    dns.set('records.holder.example', [renewed.certificate]);
    const { exitCode, out } = await look('--json');
    expect([exitCode, JSON.parse(out[0] ?? '')]).toMatchObject([
      1,
      {
        stage: 'dns-address',
        isOurs: false,
        expiresSoon: false,
        hostings: [{ id: 'H1', finding: 'another' }, { id: 'H2' }, { id: 'H3' }, { id: 'H4' }],
        advice: ['Others encrypt to another certificate than this one.', expect.any(String)],
      },
    ]);
  });

  test('warns of one that runs out, which is no failure yet', async () => {
    const soon = await certified({ address: ADDRESS, notAfter: new Date(Date.now() + 86_400_000) });
    dns.set('records.holder.example', [soon.certificate]);
    const cert = ['--cert', write('soon.pem', soon.certificatePem)];
    const args = [...cert, '--anchor', anchor, '--dns', dns.address];
    const { exitCode, out } = await doctor(ADDRESS, ...args);
    expect([exitCode, out.at(-2)]).toEqual([0, expect.stringMatching(/^It runs out at .*Z: have a new one/)]); // prettier-ignore
  });

  test('takes the anchors of a stage from its settings', async () => {
    dns.set('records.holder.example', [der]);
    const { certificatePem } = await cachedAuthority();
    const settings = write('stage.json', JSON.stringify(settingsWith(certificatePem)));
    const args = ['--cert', ours, '--settings', settings, '--dns', dns.address];
    const { exitCode, out } = await doctor(ADDRESS, ...args);
    expect([exitCode, out.slice(4, -1)]).toEqual([0, []]);
  });

  test.each([
    ['the relay of all', { deployment: { relayUrl: 'ses:' } }, 'copies go by SES'],
    ['a route', { relay: { routes: { 'clinic.example': 'ses:' } } }, 'copies to clinic.example go'],
  ])('warns that strict peers refuse what comes by SES: %s', async (_, more, says) => {
    dns.set('records.holder.example', [der]);
    const { certificatePem } = await cachedAuthority();
    const stage = { ...settingsWith(certificatePem), maxMessageBytes: 10_000_000, ...more };
    const settings = ['--settings', write('ses.json', JSON.stringify(stage))];
    const { exitCode, out } = await doctor(ADDRESS, '--cert', ours, ...settings, '--dns', dns.address); // prettier-ignore
    expect(exitCode).toBe(0);
    expect(out.slice(4, -1)).toEqual([
      expect.stringMatching(new RegExp(`^warn: ${says}.*MAIL FROM.*smtps://.*docs/relay.md`)),
    ]);
  });

  test.each([
    ['no address', () => ['--cert', ours, '--anchor', anchor], 'Name one address'],
    ['no certificate', () => [ADDRESS, '--anchor', anchor], '--cert'],
    ['no anchor', () => [ADDRESS, '--cert', ours], '--anchor'],
    ['a resolver that is none', () => [ADDRESS, '--cert', ours, '--anchor', anchor, '--dns', 'a:99999'], '--dns takes'], // prettier-ignore
  ])('says in one line what is wrong: %s', async (_, args, says) => {
    const ran = await doctor(...args());
    expect(ran).toMatchObject({ exitCode: 1, out: [], err: [expect.stringContaining(says)] });
  });
});

const settingsWith = (anchorPem: string) => ({
  stage: 'test',
  holderName: 'Holder',
  senders: [{ address: ADDRESS, name: 'Holder', organizationOid: '2.999.1', contact: 'x' }],
  anchors: [anchorPem],
  consentTexts: [{ language: 'en', version: '2026-01-01', text: 'Yes' }],
});
