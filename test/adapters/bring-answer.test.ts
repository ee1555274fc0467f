import { afterEach, describe, expect, test } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import { bringAnswer } from '../../shared/adapters/bring-answer.ts';
import type { ResourceAnswer } from '../../shared/resource-answer.ts';
import { cachedAuthority, issueQuickly } from '../support/pki.ts';
import { httpServer } from './http-fetch-servers.ts';

const ANSWER: ResourceAnswer = {
  Status: 'FAILED',
  Reason: 'Ünlesbar.',
  PhysicalResourceId: 'p',
  StackId: 's',
  RequestId: 'r',
  LogicalResourceId: 'l',
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** @param statuses in order; the last one for all that come after it */
async function bucket(statuses: readonly number[], tls?: { key: string; cert: string }) {
  const told: { method: unknown; url: unknown; type: unknown; body: string }[] = [];
  const server = await httpServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url, headers } = request;
      const body = Buffer.concat(chunks).toString();
      told.push({ method, url, type: headers['content-type'], body });
      response.writeHead(statuses[Math.min(told.length, statuses.length) - 1] ?? 200).end();
    });
  }, tls);
  closing.push(server.close);
  return { told, port: server.port };
}

const SOON = () => AbortSignal.timeout(10_000);
const HERE = { loopback: true, pausesMs: [10, 10] };

describe('an answer for CloudFormation', () => {
  test('is put once, as JSON and without a type: the URL is signed for none', async () => {
    const { told, port } = await bucket([200]);
    await bringAnswer(HERE)(`http://127.0.0.1:${port}/key%7C1?X-Amz-Signature=1`, ANSWER, SOON());
    const [{ body, ...request } = { body: '' }, ...more] = told;
    expect(more).toEqual([]);
    expect(request).toEqual({ method: 'PUT', url: '/key%7C1?X-Amz-Signature=1', type: '' });
    expect(JSON.parse(body)).toEqual(ANSWER);
  });

  test('is put again when it was not taken', async () => {
    const { told, port } = await bucket([503, 500, 200]);
    await bringAnswer(HERE)(`http://127.0.0.1:${port}/`, ANSWER, SOON());
    expect(told).toHaveLength(3);
  });

  test('that nobody takes is thrown', async () => {
    const { told, port } = await bucket([403]);
    const bringing = bringAnswer(HERE)(`http://127.0.0.1:${port}/`, ANSWER, SOON());
    await expect(bringing).rejects.toThrow('CloudFormation did not take the answer');
    expect(told).toHaveLength(3);
  });

  test('ends when its time is over', async () => {
    const { port } = await bucket([503]);
    const bring = bringAnswer({ loopback: true, pausesMs: [60_000] });
    const soon = AbortSignal.timeout(100);
    await expect(bring(`http://127.0.0.1:${port}/`, ANSWER, soon)).rejects.toThrow('aborted');
  });

  test('is brought to a server that proves who it is, and to no other', async () => {
    const authority = await cachedAuthority('Web Authority');
    const { certificatePem: cert, privateKeyPem: key } = await issueQuickly(authority, {
      name: 'localhost',
      extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
      domain: 'localhost',
    });
    const { told, port } = await bucket([200], { key, cert });
    const url = `https://localhost:${port}/`;
    await expect(bringAnswer(HERE)(url, ANSWER, SOON())).rejects.toThrow('did not take');
    expect(told).toEqual([]);
    const authorities = [authority.certificatePem];
    await bringAnswer({ ...HERE, authorities })(url, ANSWER, SOON());
    expect(told).toHaveLength(1);
  });

  test.each([
    ['another host', 'https://s3.example.com/x'],
    ['a name that ends as theirs does', 'https://evilamazonaws.com/x'],
    ['a name below another one', 'https://s3.amazonaws.com.evil.example/x'],
    ['a name in the user', 'https://s3.amazonaws.com@evil.example/x'],
    ['no TLS', 'http://bucket.s3.amazonaws.com/x'],
    ['no TLS at the port of it', 'http://bucket.s3.amazonaws.com:443/x'],
    ['another port', 'https://bucket.s3.amazonaws.com:8443/x'],
    ['an address', 'https://169.254.169.254/x'],
    ['a file', 'file:///etc/passwd'],
    ['no URL', 'x'],
    ['this machine, where it is closed', 'http://127.0.0.1:1/x'],
  ])('is brought to AWS only: %s', async (_, url) => {
    const bringing = bringAnswer({ loopback: false })(url, ANSWER, SOON());
    await expect(bringing).rejects.toThrow('The ResponseURL is none of CloudFormation');
  });

  test.each([
    'https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/arn%3Aaws?X-Amz-Signature=1',
    'https://cloudformation-custom-resource-response-euwest1.s3.eu-west-1.amazonaws.com/x',
    'https://cloudformation-custom-resource-response-cnnorth1.s3.cn-north-1.amazonaws.com.cn/x',
  ])('may go to %s', async (url) => {
    const over = AbortSignal.abort();
    const bringing = bringAnswer({ loopback: false, pausesMs: [] })(url, ANSWER, over);
    // Nothing is asked of anybody: its time was over before it began.
    await expect(bringing).rejects.toThrow('CloudFormation did not take the answer');
  });
});
