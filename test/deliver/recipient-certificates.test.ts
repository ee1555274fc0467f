import { expect, test } from '@jest/globals';
import { makeRevocationList } from '../../infra/local/certificates/revocation-list.ts';
import { PKIX } from '../../shared/discover/dns-cert.ts';
import { sha256 } from '../../shared/ids.ts';
import { openMessage } from '../../shared/secure/open.ts';
import { valueOf } from '../secure/support/people.ts';
import { discharge, readyToShare, transmission } from '../support/one-record.ts';
import { cachedKeys, issueQuickly, type Issued, type IssueOptions } from '../support/pki.ts';
import { RECIPIENT, type WholePath } from '../support/whole-path.ts';

const LIST = 'http://pki.clinic.example/anchor.crl';

/** Publishes new certificates for the recipient, one key each. */
async function publish(path: WholePath, ...options: readonly IssueOptions[]): Promise<Issued[]> {
  const issued = await Promise.all(
    options.map(async (each, index) =>
      issueQuickly(path.anchor, {
        address: RECIPIENT,
        keys: await cachedKeys(`recipient ${index}`),
        ...each,
      }),
    ),
  );
  const records = issued.map(({ certificate }) => ({ type: PKIX, data: certificate }));
  path.directory.set('dr.lee.direct.clinic.example', records);
  path.ports.cache.forget();
  return issued;
}

/** What the API shows of the copy that a discharge causes. */
async function intentOf(path: WholePath): Promise<unknown> {
  await discharge(path);
  const { timeline } = await transmission(path);
  return timeline.find(({ kind }: { readonly kind: string }) => kind === 'intent');
}

test('a copy is encrypted to every certificate that may be used, and each of them opens it', async () => {
  const path = await readyToShare();
  const [one, two, expired] = await publish(path, {}, {}, { notAfter: new Date('2026-11-01') });
  await discharge(path);
  const { id } = await transmission(path);
  const { facts } = valueOf(await path.ports.ledger.read(id));
  expect(facts.find(({ kind }) => kind === 'intent')).toMatchObject({
    certificates: [one, two].map((each) => sha256(each!.certificate)),
  });
  const opened = [one, two, expired].map(
    (each) => openMessage(path.relay.taken[0]!.bytes, [each!]).ok,
  );
  expect(opened).toEqual([true, true, false]);
});

test('the timeline says that no source of revocation is named', async () => {
  const path = await readyToShare();
  await publish(path, {});
  expect(await intentOf(path)).toMatchObject({ proved: 'mailbox', revocation: 'not-named' });
});

test('the timeline says that no source answered, where the rules let that pass', async () => {
  const path = await readyToShare({ trust: { revocation: 'soft-fail' } });
  await publish(path, { crlUrls: [LIST] });
  expect(await intentOf(path)).toMatchObject({
    revocation: 'unknown',
    sentence: expect.stringMatching(/Nobody could say .* was revoked\.$/) as unknown,
  });
});

test('the timeline has no word of it when a list says that it was not revoked', async () => {
  const path = await readyToShare();
  await publish(path, { crlUrls: [LIST] });
  const thisUpdate = new Date('2026-11-22T11:00:00Z');
  path.web.set(LIST, makeRevocationList(path.anchor, { thisUpdate }));
  const intent = await intentOf(path);
  expect(intent).toMatchObject({ proved: 'mailbox' });
  expect(intent).not.toHaveProperty('revocation');
});
