import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  startSecretsEndpoint,
  type SecretsEndpoint,
} from '../../infra/local/engines/secrets-endpoint.ts';
import {
  secretDecryptionKeys,
  secretSigningKeys,
  secretText,
} from '../../shared/adapters/secrets.ts';
import type { DirectAddress } from '../../shared/ids.ts';
import { keysContract } from '../contracts/keys.ts';
import { memoryKeys } from '../support/memory/keys.ts';
import { cachedAuthority, cachedKeys, issueQuickly } from '../support/pki.ts';
import { withAwsEnv } from './aws-env.ts';

const secrets: Record<string, string> = { pepper: 'first' };
let endpoint: SecretsEndpoint;
let undo: () => void;

beforeAll(async () => {
  endpoint = await startSecretsEndpoint({ secrets });
  undo = withAwsEnv({ AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint.endpoint });
});
afterAll(async () => {
  undo();
  await endpoint.close();
});

keysContract('memory', async (owned) => ({
  keys: memoryKeys(owned),
  close: async () => undefined,
}));

keysContract('secrets', async (owned) => {
  const identities = owned.map(({ address, identity: { certificatePem, privateKeyPem } }) => ({
    address,
    certificate: certificatePem,
    privateKey: privateKeyPem,
  }));
  secrets['contract'] = JSON.stringify({ identities });
  const keys = { ...secretSigningKeys('contract'), ...secretDecryptionKeys('contract') };
  return { keys, close: async () => undefined };
});

const ARN = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:';
const START = Date.parse('2026-01-01T00:00:00Z');
const at = (seconds: number) => () => new Date(START + seconds * 1000);

describe('the text of a secret', () => {
  test.each(['pepper', `${ARN}pepper`, `${ARN}pepper-Ab12Cd`])('is found by %s', async (id) => {
    expect(await secretText(id, at(0))).toBe('first');
  });

  test('is read again after five minutes, and not before', async () => {
    secrets['rotating'] = 'old';
    expect(await secretText('rotating', at(0))).toBe('old');
    secrets['rotating'] = 'new';
    expect(await secretText('rotating', at(299))).toBe('old');
    expect(await secretText('rotating', at(300))).toBe('new');
  });

  test('that is not there is an error, which is not remembered', async () => {
    await expect(secretText('late', at(0))).rejects.toThrow('no such secret');
    secrets['late'] = 'now it is';
    expect(await secretText('late', at(1))).toBe('now it is');
  });
});

const identity = async (address: string, keys: string) => {
  const issued = await issueQuickly(await cachedAuthority(), {
    address,
    keys: await cachedKeys(keys),
  });
  return {
    issued,
    row: { address, certificate: issued.certificatePem, privateKey: issued.privateKeyPem },
  };
};
const RECORDS = 'records@holder.example' as DirectAddress;

describe('the identities of a secret', () => {
  test('sign for their own address: the first that there is, in any case of letters', async () => {
    const current = await identity('Records@holder.example', 'leaf');
    const former = await identity('records@holder.example', 'former');
    secrets['ids'] = JSON.stringify({ identities: [current.row, former.row] });
    const signing = await secretSigningKeys('ids', at(0)).signing(RECORDS);

    expect(signing.ok && Buffer.from(signing.value.certificate)).toEqual(
      Buffer.from(current.issued.certificate),
    );
    expect(await secretDecryptionKeys('ids', at(0)).decryption()).toHaveLength(2);
  });

  test('secure/no-identity: an address for which there is none', async () => {
    const signing = await secretSigningKeys('ids', at(0)).signing(
      'x@holder.example' as DirectAddress,
    );
    expect(signing).toEqual({ ok: false, failure: { code: 'secure/no-identity' } });
  });

  test('are parsed once for as long as the text is the same', async () => {
    const keys = secretDecryptionKeys('ids', at(0));
    expect((await keys.decryption())[0]).toBe((await keys.decryption())[0]);
  });

  test('follow a rotation', async () => {
    const other = await identity('records@holder.example', 'former');
    const keys = secretDecryptionKeys('ids', at(1000));
    secrets['ids'] = JSON.stringify({ identities: [other.row] });
    const [only, ...rest] = await keys.decryption();
    expect(Buffer.from(only!.certificate)).toEqual(Buffer.from(other.issued.certificate));
    expect(rest).toEqual([]);
  });

  test('of which one was replaced decrypt until its time', async () => {
    const [current, former] = await Promise.all(
      ['leaf', 'former'].map((keys) => identity('records@holder.example', keys)),
    );
    const kept = { ...former!.row, decryptUntil: at(600)().toISOString() };
    secrets['replaced'] = JSON.stringify({ identities: [kept, current!.row] });
    const held = async (seconds: number) =>
      (await secretDecryptionKeys('replaced', at(seconds)).decryption()).map(({ certificate }) =>
        Buffer.from(certificate).equals(former!.issued.certificate) ? 'former' : 'current',
      );
    expect(await held(599)).toEqual(['former', 'current']);
    expect(await held(600)).toEqual(['current']);
  });

  test('of which all were replaced still read what is on its way', async () => {
    const { row } = await identity('records@holder.example', 'former');
    const kept = { ...row, decryptUntil: at(600)().toISOString() };
    secrets['retired'] = JSON.stringify({ identities: [kept] });
    expect(await secretDecryptionKeys('retired', at(0)).decryption()).toHaveLength(1);
  });

  test('of which one was replaced sign nothing: it has no place where one signs', async () => {
    const { row } = await identity('records@holder.example', 'former');
    const kept = { ...row, decryptUntil: at(600)().toISOString() };
    secrets['wrongly'] = JSON.stringify({ identities: [row, kept] });
    await expect(secretSigningKeys('wrongly', at(0)).signing(RECORDS)).rejects.toThrow(
      'wrong at: identities.1.decryptUntil',
    );
  });

  test.each([
    ['no JSON', 'hunter2', 'wrong at: the whole'],
    ['no identities', '{"identities":[]}', 'wrong at: identities'],
    ['no key', '{"identities":[{"address":"a","certificate":"hunter2"}]}', '0.privateKey'],
    [
      'no PEM',
      '{"identities":[{"address":"a","certificate":"hunter2","privateKey":"hunter2"}]}',
      'wrong at: identities.0.certificate',
    ],
  ])('are an error that quotes nothing: %s', async (title, text, says) => {
    secrets[title] = text;
    const read = secretDecryptionKeys(title, at(0)).decryption();
    await expect(read).rejects.toThrow(says);
    await expect(read).rejects.not.toThrow('hunter2');
  });

  test('are an error when key and certificate do not belong together', async () => {
    const one = await identity('a@holder.example', 'leaf');
    const two = await identity('a@holder.example', 'former');
    const row = { ...one.row, privateKey: two.row.privateKey };
    secrets['mixed'] = JSON.stringify({ identities: [row] });
    await expect(secretDecryptionKeys('mixed', at(0)).decryption()).rejects.toThrow(
      'identities.0.privateKey (it is not that of the certificate)',
    );
  });
});

test('the local endpoint refuses what it does not know', async () => {
  const response = await fetch(endpoint.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'secretsmanager.PutSecretValue' },
    body: '{}',
  });
  expect(response.status).toBe(400);
});
