import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { keptUntil } from '../../infra/cli/own/kept-until.ts';
import { renewDecryption, renewSigning } from '../../infra/cli/own/renewal.ts';
import { standardDeadlines } from '../../infra/cli/own/stage-settings.ts';
import { parseIdentities } from '../../shared/adapters/identity-secret.ts';
import { sha256, type DirectAddress } from '../../shared/ids.ts';
import { cachedAuthority, cachedKeys, issueQuickly, type Issued } from '../support/pki.ts';

const OURS = 'Records@holder.example' as DirectAddress;
const NOW = new Date('2026-03-01T12:00:00Z');
const UNTIL = new Date('2026-03-12T13:00:00Z');
const ARN = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555';

const names = ['fresh', 'former', 'lab', 'curve'] as const;
let people: Record<(typeof names)[number], Issued>;
beforeAll(async () => {
  const authority = await cachedAuthority();
  const issueTo = async (name: string, ec?: 'P-256') =>
    issueQuickly(authority, {
      address: OURS,
      keys: await cachedKeys(name, ec && { ec }),
    });
  people = {
    fresh: await issueTo('fresh'),
    former: await issueTo('former'),
    lab: await issueTo('lab'),
    curve: await issueTo('curve', 'P-256'),
  };
});

type Row = readonly [name: keyof typeof people, more?: object];
const rowOf = ([name, more]: Row) => ({
  address: 'records@holder.example',
  certificate: people[name].certificatePem,
  privateKey: people[name].privateKeyPem,
  ...more,
});
const inKms = () => ({
  address: OURS,
  certificate: people.former.certificatePem,
  kmsKeyId: ARN,
});

const nameOf = (der: Uint8Array | undefined) =>
  names.find((name) => der && Buffer.from(people[name].certificate).equals(der)) ?? 'kms';

async function renewed(rows: readonly object[], ...installed: (keyof typeof people)[]) {
  const text = JSON.stringify({ identities: rows });
  const renewal = await renewDecryption(
    text,
    OURS,
    installed.map((name) => people[name]),
    {
      now: NOW,
      until: UNTIL,
    },
  );
  const read = await parseIdentities(renewal.text);
  return {
    ...renewal,
    list: read.map(({ decrypting, decryptUntil, address }) =>
      [nameOf(decrypting?.certificate), address.split('@')[0], decryptUntil?.toISOString()]
        .filter((each) => each !== undefined)
        .join(' '),
    ),
  };
}

describe('a new identity, where one decrypts', () => {
  test('comes first, and the former one decrypts until its time', async () => {
    const { list, kept, removed } = await renewed([rowOf(['former'])], 'fresh');
    expect(list).toEqual(['fresh records', `former records ${UNTIL.toISOString()}`]);
    expect([kept, removed]).toEqual([
      [{ certificate: sha256(people.former.certificate), decryptUntil: UNTIL }],
      0,
    ]);
  });

  test('is the first one of a secret that nobody has filled in', async () => {
    const { list, kept } = await renewed([], 'fresh');
    expect([list, kept]).toEqual([['fresh records'], []]);
  });

  test('leaves those of other addresses as they are', async () => {
    const lab = rowOf(['lab', { address: 'lab@holder.example' }]);
    const { list, text } = await renewed([lab, rowOf(['former'])], 'fresh');
    expect(list[1]).toBe('lab lab');
    expect((JSON.parse(text) as { identities: object[] }).identities[1]).toEqual(lab);
  });

  test('does not move the time of one that was replaced before, and removes it when it is over', async () => {
    const kept = rowOf(['lab', { decryptUntil: '2026-03-01T12:00:01Z' }]);
    const over = rowOf(['former', { decryptUntil: '2026-03-01T12:00:00Z' }]);
    const { list, removed } = await renewed([rowOf(['former']), kept, over], 'fresh');
    expect(list).toEqual([
      'fresh records',
      'lab records 2026-03-01T12:00:01.000Z',
      `former records ${UNTIL.toISOString()}`,
    ]);
    expect(removed).toBe(1);
  });

  test('that is installed a second time stands in it once, and is current', async () => {
    const once = await renewed([rowOf(['former'])], 'fresh');
    const { identities } = JSON.parse(once.text) as { identities: object[] };
    const twice = await renewed(identities, 'fresh');
    expect([twice.list, twice.removed]).toEqual([once.list, 0]);

    const back = await renewed(identities, 'former');
    expect(back.list).toEqual(['former records', `fresh records ${UNTIL.toISOString()}`]);
  });

  test('drives out a key that nobody could encrypt to: it has nothing left to do', async () => {
    const { list, removed } = await renewed([rowOf(['curve']), rowOf(['former'])], 'fresh');
    expect(list).toEqual(['fresh records', `former records ${UNTIL.toISOString()}`]);
    expect(removed).toBe(1);
  });

  test('is written with its whole key', async () => {
    const { text } = await renewed([], 'fresh');
    const [identity] = await parseIdentities(text);
    expect(identity?.decrypting?.privateKey.equals(people.fresh.privateKey)).toBe(true);
    expect(new X509Certificate(identity!.decrypting!.certificate).fingerprint256).toBe(
      new X509Certificate(people.fresh.certificate).fingerprint256,
    );
  });

  test.each([
    ['no JSON', 'hunter2'],
    ['of another shape', '{"hunter2":[]}'],
    ['with an identity that is none', '{"identities":[{"address":"a","hunter2":"b"}]}'],
  ])('is not put into a secret that is %s, of which nothing is quoted', async (_, text) => {
    const put = renewDecryption(text, OURS, [people.fresh], { now: NOW, until: UNTIL });
    await expect(put).rejects.toThrow('The identity secret is wrong at:');
    await expect(put).rejects.not.toThrow('hunter2');
  });

  test('is not put into a secret that functions would then refuse', async () => {
    const put = renewDecryption('{"identities":[]}', OURS, [people.curve], {
      now: NOW,
      until: UNTIL,
    });
    await expect(put).rejects.toThrow('nobody can encrypt');
  });

  test('is not put into a secret that would be too large for one', async () => {
    const many = Array.from({ length: 25 }, (_, index) =>
      rowOf(['lab', { address: `lab${index}@holder.example` }]),
    );
    await expect(renewed(many, 'fresh')).rejects.toThrow('larger than 64 kB');
  });
});

const renewedSigning = async (rows: readonly object[], ...installed: (keyof typeof people)[]) => {
  const text = JSON.stringify({ identities: rows });
  const renewal = await renewSigning(
    text,
    OURS,
    installed.map((name) => people[name]),
  );
  const read = await parseIdentities(renewal.text);
  const list = read.map(({ decrypting, address }) => `${nameOf(decrypting?.certificate)} ${address.split('@')[0]}`); // prettier-ignore
  return { ...renewal, list };
};
const lab = () => rowOf(['lab', { address: 'lab@holder.example' }]);

describe('a new identity, where one signs', () => {
  test('takes the place of all that its address had, and leaves other addresses as they are', async () => {
    const { list, signsInKms } = await renewedSigning([rowOf(['former']), lab()], 'fresh');
    expect([list, signsInKms]).toEqual([['fresh records', 'lab lab'], false]);
  });

  test('is the first one of a secret that nobody has filled in', async () => {
    expect((await renewedSigning([], 'fresh')).list).toEqual(['fresh records']);
  });

  test('may be on an elliptic curve: nobody encrypts to what signs', async () => {
    expect((await renewedSigning([], 'curve')).list).toEqual(['curve records']);
  });

  test('is not put beside a key in KMS, which goes on signing: who signs then holds no key of the address', async () => {
    const { list, signsInKms } = await renewedSigning([rowOf(['former']), inKms(), lab()], 'fresh');
    expect([list, signsInKms]).toEqual([['kms records', 'lab lab'], true]);
  });

  test('is not put into a secret that is none', async () => {
    const put = renewSigning('hunter2', OURS, [people.fresh]);
    await expect(put).rejects.toThrow('The identity secret is wrong at:');
    await expect(put).rejects.not.toThrow('hunter2');
  });
});

test('a former identity is kept for the longest life of a copy, and seven days', () => {
  // A day of attempts, an hour for notices, three days for one of which nobody knows whether it left; seven days.
  const seconds = 86_400 + 3600 + 259_200 + 7 * 86_400;
  expect(keptUntil(NOW, standardDeadlines())).toEqual(new Date(NOW.getTime() + seconds * 1000));
  const longer = { ...standardDeadlines(), dispatchedWithinSeconds: 7200 };
  expect(keptUntil(NOW, longer)).toEqual(new Date(NOW.getTime() + (seconds + 3600) * 1000));
});
