import { expect, test } from '@jest/globals';
import { makeRevocationList } from '../../infra/local/certificates/revocation-list.ts';
import { discharge, readyToShare, transmission } from '../support/one-record.ts';
import { cachedKeys, issueQuickly } from '../support/pki.ts';
import { RECIPIENT } from '../support/whole-path.ts';

const LIST = 'http://pki.clinic.example/anchor.crl';

test('a notice is heard once it can be found out whether its signer was revoked', async () => {
  const path = await readyToShare();
  await discharge(path);
  const keys = await cachedKeys('asking');
  const signer = await issueQuickly(path.anchor, { address: RECIPIENT, crlUrls: [LIST], keys });
  path.web.break(LIST, 'unreachable');

  await path.answer(['processed'], 0, signer);
  expect(await transmission(path)).toMatchObject({ status: 'sent' });
  expect(path.queues.mail).toHaveLength(1);

  path.web.set(LIST, makeRevocationList(path.anchor, { thisUpdate: path.ports.now() }));
  await path.settle();
  expect(path.queues.mail).toHaveLength(0);
  expect(await transmission(path)).toMatchObject({ status: 'processed' });
});
