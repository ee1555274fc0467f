import { beforeAll, describe, expect, test } from '@jest/globals';
import { keptDocuments } from '../../shared/deliver/kept-documents.ts';
import { prepare } from '../../shared/deliver/prepare.ts';
import type { Prepared } from '../../shared/deliver/prepare/prepared.ts';
import type { TransmissionId } from '../../shared/ids.ts';
import { done, fail, type Outcome } from '../../shared/outcome.ts';
import { uploadedRecord, type RefreshRecord } from '../../shared/record/source/refresh.ts';
import type { SigningKeys } from '../../shared/secure/keys.ts';
import { openMessage } from '../../shared/secure/open.ts';
import { parseSettings, type SettingsInput } from '../../shared/settings.ts';
import type { Transmission } from '../../shared/transmission/transmission.ts';
import { SENDER } from '../lambdas/http-world.ts';
import { valueOf } from '../secure/support/people.ts';
import { memoryKeys } from '../support/memory/keys.ts';
import { memoryRelay } from '../support/memory/relay.ts';
import { discharge, readyToShare, transmission as shown } from '../support/one-record.ts';
import { cachedKeys, issueQuickly, type Issued } from '../support/pki.ts';
import type { WholePath } from '../support/whole-path.ts';

let path: WholePath;
let transmission: Transmission;
let elliptic: Issued;
beforeAll(async () => {
  path = await readyToShare();
  await discharge(path);
  const { id } = (await shown(path)) as { readonly id: TransmissionId };
  ({ transmission } = valueOf(await path.ports.ledger.read(id)));
  const keys = await cachedKeys('elliptic', { ec: 'P-256' });
  elliptic = await issueQuickly(path.anchor, { address: SENDER, keys });
});

interface Given {
  readonly maxMessageBytes?: number;
  readonly settings?: Partial<SettingsInput>;
  readonly signer?: Issued;
  readonly keys?: SigningKeys;
  readonly refreshRecord?: RefreshRecord;
}

const prepared = (given: Given = {}): Promise<Outcome<Prepared>> => {
  const { maxMessageBytes = Infinity, signer = path.holder, settings } = given;
  return prepare(transmission, 1, {
    ...path.ports,
    settings: parseSettings({ ...path.ports.settings, ...settings }),
    refreshRecord: given.refreshRecord ?? uploadedRecord,
    documents: keptDocuments(path.ports.recordBytes),
    keys: given.keys ?? memoryKeys([{ address: SENDER, identity: signer }]),
    messageIdSecret: async () => 'a secret',
    relay: { ...memoryRelay(), maxMessageBytes },
  });
};

describe('a record that is fetched when it is sent', () => {
  test.each(['record/source-unavailable', 'record/source-refused'] as const)(
    '%s: no copy of what was there before is made instead',
    async (code) => {
      const asked: string[] = [];
      const refreshRecord: RefreshRecord = async ({ id }) => {
        asked.push(id);
        return fail(code);
      };
      expect(await prepared({ refreshRecord })).toEqual(fail(code));
      expect(asked).toEqual([transmission.patientId]);
    },
  );

  test('is fetched before it is read', async () => {
    const { records } = path.ports;
    const before = await records.list(transmission.patientKey);
    const refreshRecord: RefreshRecord = async ({ key }) => {
      for (const { documentId } of before) await records.remove(key, documentId, path.ports.now());
      return done(undefined);
    };
    try {
      expect(await prepared({ refreshRecord })).toEqual(fail('record/none'));
    } finally {
      for (const document of before) await records.keep(document);
    }
  });
});

describe('a message and what the relay takes', () => {
  test.each([
    ['RSA', () => path.holder],
    ['ECDSA', () => elliptic],
  ])('deliver/too-large: a byte more, signed with %s', async (_, signer) => {
    const { length } = valueOf(await prepared({ signer: signer() })).bytes;

    expect(await prepared({ signer: signer(), maxMessageBytes: length })).toMatchObject({
      ok: true,
    });
    expect(await prepared({ signer: signer(), maxMessageBytes: length - 1 })).toEqual({
      ok: false,
      failure: { code: 'deliver/too-large', detail: `${length} bytes, over ${length - 1}` },
    });
  });

  test('nothing is signed that is not going to leave', async () => {
    let signatures = 0;
    const sign: Issued['sign'] = async (attributes) => {
      signatures += 1;
      return path.holder.sign(attributes);
    };
    const keys = memoryKeys([{ address: SENDER, identity: { ...path.holder, sign } }]);
    await prepared({ keys, maxMessageBytes: 1000 });
    expect(signatures).toBe(0);
    await prepared({ keys });
    expect(signatures).toBe(1);
  });
});

const transportOf = async (keyTransport?: SettingsInput['keyTransport']) => {
  const { bytes } = valueOf(await prepared({ settings: { keyTransport } }));
  return valueOf(openMessage(bytes, [path.recipient])).algorithms.keyTransport;
};

describe('the key of a message', () => {
  test('travels as everybody can read it, unless the settings say otherwise', async () => {
    expect(await transportOf()).toBe('rsaes-pkcs1-v1_5');
    expect(await transportOf({ default: 'rsaes-oaep-sha256' })).toBe('rsaes-oaep-sha256');
  });

  test('travels as is agreed with the domain of the recipient, and of no other', async () => {
    const domains = { 'direct.clinic.example': 'rsaes-oaep-sha256' } as const;
    expect(await transportOf({ domains })).toBe('rsaes-oaep-sha256');
    const others = {
      'clinic.example': 'rsaes-oaep-sha256',
      'east.direct.clinic.example': 'rsaes-oaep-sha256',
    } as const;
    expect(await transportOf({ domains: others })).toBe('rsaes-pkcs1-v1_5');
  });

  test.each([{ 'Clinic.example': 'rsaes-oaep-sha256' }, { 'clinic.example': 'oaep' }])(
    'is refused in settings that name no domain or no way: %j',
    (domains) => {
      const settings = { ...path.ports.settings, keyTransport: { domains } };
      expect(() => parseSettings(settings)).toThrow(/keyTransport\.domains/);
    },
  );
});

test('secure/unusable-key: what the keys refuse ends the attempt', async () => {
  const failure = { code: 'secure/unusable-key', detail: 'KMS DisabledException' } as const;
  const keys: SigningKeys = { signing: async () => ({ ok: false, failure }) };
  expect(await prepared({ keys })).toEqual({ ok: false, failure });
});
