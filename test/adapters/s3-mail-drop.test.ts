import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startFauxqs } from 'fauxqs';
import { startObjectsEndpoint } from '../../infra/local/engines/objects-endpoint.ts';
import { s3Bytes } from '../../shared/adapters/s3-bytes.ts';
import { s3MailDrop } from '../../shared/adapters/s3-mail-drop.ts';
import { mailDropContract } from '../contracts/mail-drop.ts';
import { memoryBytes } from '../support/memory/bytes.ts';
import { memoryMailDrop } from '../support/memory/mail-drop.ts';
import { withAwsEnv } from './aws-env.ts';

mailDropContract('the memory bucket', async () => {
  const bucket = memoryBytes();
  return { drop: memoryMailDrop(bucket), bucket, close: async () => undefined };
});

mailDropContract('an S3 bucket of the local system', async () => {
  const server = await startFauxqs({ port: 0, logger: false });
  server.createBucket('mail');
  const objects = await startObjectsEndpoint(`http://127.0.0.1:${server.port}`);
  const undo = withAwsEnv({ AWS_ENDPOINT_URL_S3: objects.endpoint });
  return {
    drop: s3MailDrop('mail'),
    bucket: s3Bytes('mail'),
    close: async () => {
      undo();
      await objects.close();
      await server.stop();
    },
  };
});

const put = () => s3MailDrop('mail').putOnce('posted/x', Buffer.from('mail'));

describe('what S3 answers', () => {
  let answers: (readonly [status: number, code: string])[];
  let asked: (string | undefined)[];
  let server: Server;
  let undo: () => void;
  beforeEach(async () => {
    answers = [];
    asked = [];
    server = createServer((request, response) => {
      asked.push(request.headers['if-none-match']);
      const [status, code] = answers.shift() ?? [200, ''];
      request.resume().on('end', () => {
        response.writeHead(status, { 'content-type': 'application/xml' });
        response.end(code && `<Error><Code>${code}</Code><Message>no</Message></Error>`);
      });
    });
    await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    undo = withAwsEnv({ AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}` });
  });
  afterEach(async () => {
    undo();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  const CONFLICT = [409, 'ConditionalRequestConflict'] as const;

  test('every put is one that shall be the first', async () => {
    expect(await put()).toBe('put');
    expect(asked).toEqual(['*']);
  });

  test('whoever meets another is asked to come again, and learns who was first', async () => {
    answers = [CONFLICT, CONFLICT, [412, 'PreconditionFailed']];
    expect(await put()).toBe('there');
  });

  test('a refusal is no answer about what lies there', async () => {
    answers = [[403, 'AccessDenied']];
    await expect(put()).rejects.toMatchObject({ name: 'AccessDenied' });
    answers = Array.from({ length: 30 }, () => CONFLICT);
    await expect(put()).rejects.toMatchObject({ name: CONFLICT[1] });
  });
});
