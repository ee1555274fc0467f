import { describe, expect, test } from '@jest/globals';
import { makeHandler } from '../../../lambdas/publish-portal/handler.ts';
import type { HostedFile } from '../../../shared/hosted-files.ts';
import { jsonLog } from '../../../shared/log.ts';
import type { ResourceAnswer } from '../../../shared/resource-answer.ts';

const page: HostedFile = {
  path: 'share',
  body: '<!doctype html>',
  contentType: 'text/html; charset=utf-8',
  cacheControl: 'public, max-age=300',
};
const script: HostedFile = {
  path: 'assets/share-0a1b2c.js',
  body: 'export {}',
  contentType: 'text/javascript; charset=utf-8',
  cacheControl: 'public, max-age=31536000, immutable',
};
const SIGN_IN = '{"clientId":"portal","authorizeUrl":"https://login.example/authorize"}';

/** @param refused the path of a file that cannot be put */
function stage(refused?: string) {
  const hosted: HostedFile[] = [];
  const answers: ResourceAnswer[] = [];
  const handler = makeHandler({
    files: [page, script],
    signIn: SIGN_IN,
    hosted: {
      put: async (file) => {
        if (file.path === refused) throw new Error('S3 is away');
        hosted.push(file);
      },
    },
    bring: async (_, answer) => void answers.push(answer),
    log: jsonLog(() => undefined, 'publish-portal'),
  });
  const asked = (type: string) =>
    handler(
      {
        RequestType: type,
        ResponseURL: 'https://s3.amazonaws.com/x',
        StackId: 'stack',
        RequestId: 'request',
        LogicalResourceId: 'Published',
      },
      { getRemainingTimeInMillis: () => 60_000 },
    );
  return { hosted, answers, asked };
}

describe('the files of the hosted pages', () => {
  test.each(['Create', 'Update'])('are put with all that is known of each: %s', async (type) => {
    const { hosted, answers, asked } = stage();
    await asked(type);
    expect(hosted).toEqual(expect.arrayContaining([page, script]));
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
  });

  test('are put after what they name by its content', async () => {
    const { hosted, asked } = stage();
    await asked('Create');
    expect(hosted.map(({ path }) => path)).toEqual([script.path, page.path, 'portal.json']);
  });

  test('tell where people sign in, and are asked for again soon', async () => {
    const { hosted, asked } = stage();
    await asked('Create');
    expect(hosted.at(-1)).toEqual({
      path: 'portal.json',
      body: SIGN_IN,
      contentType: 'application/json',
      cacheControl: 'public, max-age=60',
    });
  });

  test('stay when the stage is removed: nothing is put, and nothing is taken away', async () => {
    const { hosted, answers, asked } = stage();
    await asked('Delete');
    expect(hosted).toEqual([]);
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
  });

  test('are not called published when one cannot be put, and no page is put that wants it', async () => {
    const { hosted, answers, asked } = stage(script.path);
    await asked('Create');
    expect(hosted).toEqual([]);
    expect(answers).toMatchObject([{ Status: 'FAILED' }]);
  });
});
