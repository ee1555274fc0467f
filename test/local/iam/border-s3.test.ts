import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, describe, expect, test } from '@jest/globals';
import { allow, behind, KEY, keyVia, lackOf, type Behind } from './behind.ts';

const open: Behind[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});
const given = async (...statements: readonly object[]): Promise<Behind> => {
  const made = await behind(statements);
  open.push(made);
  return made;
};

const clientOf = (config: object) => new S3Client({ ...config, forcePathStyle: true });

describe('S3', () => {
  const at = { Bucket: 'mail', Key: 'received/a b' };
  const put = new PutObjectCommand({ ...at, Body: 'x' });

  test('what the role does not allow is answered as S3 does', async () => {
    const { config, passed, privileges } = await given();
    await expect(clientOf(config).send(put)).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
    expect(passed).toEqual([]);
    expect(privileges.refusals[0]?.message).toContain('arn:aws:s3:::mail/received/a b');
    expect(privileges.refusals[0]?.resource).toBe('arn:aws:s3:::mail');
  });

  test('each needs its own, in its folder, and the key where it needs it', async () => {
    const { config, passed } = await given(
      allow(['s3:PutObject', 's3:DeleteObject'], 'arn:aws:s3:::mail/received/*'),
      keyVia('s3', 'kms:GenerateDataKey'),
    );
    const client = clientOf(config);
    expect(await lackOf(client.send(put))).toBe('nothing');
    expect(passed[0]).toMatchObject({ method: 'PUT', body: expect.stringContaining('x') });
    expect(await lackOf(client.send(new DeleteObjectCommand(at)))).toBe('nothing');
    const elsewhere = new PutObjectCommand({ ...at, Key: 'kept/a', Body: 'x' });
    expect(await lackOf(client.send(elsewhere))).toEqual([
      's3:PutObject',
      'arn:aws:s3:::mail/kept/a',
    ]);
    expect(await lackOf(client.send(new GetObjectCommand(at)))).toEqual(['s3:GetObject', 'arn:aws:s3:::mail/received/a b']); // prettier-ignore
    const list = new ListObjectsV2Command({ Bucket: 'mail' });
    expect(await lackOf(client.send(list))).toEqual(['s3:ListBucket', 'arn:aws:s3:::mail']);
  });

  test('an object is decrypted to be read, and not to be asked for', async () => {
    const { config } = await given(allow('s3:GetObject', 'arn:aws:s3:::mail/*'));
    const client = clientOf(config);
    expect(await lackOf(client.send(new HeadObjectCommand(at)))).toBe('nothing');
    expect(await lackOf(client.send(new GetObjectCommand(at)))).toEqual(['kms:Decrypt', KEY]);
  });

  test('that an object is not there is told to nobody who may not list', async () => {
    const reading = [allow('s3:GetObject', 'arn:aws:s3:::mail/*'), keyVia('s3', 'kms:Decrypt')];
    const stranger = await given(...reading);
    stranger.answer(404, '<Error><Code>NoSuchKey</Code></Error>');
    await expect(clientOf(stranger.config).send(new GetObjectCommand(at))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await expect(clientOf(stranger.config).send(new HeadObjectCommand(at))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
    expect(stranger.privileges.refusals.map(({ action }) => action)).toEqual(['s3:ListBucket']);
    await stranger.close();
    const known = await given(...reading, allow('s3:ListBucket', 'arn:aws:s3:::mail'));
    known.answer(404, '<Error><Code>NoSuchKey</Code></Error>');
    await expect(clientOf(known.config).send(new GetObjectCommand(at))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
    expect(known.privileges.unused).toEqual([]);
  });
});
