import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { secretFile } from '../../infra/cli/own/secret-file.ts';
import { secretInManager } from '../../infra/cli/own/secret-in-manager.ts';
import { withAwsEnv } from '../adapters/aws-env.ts';
import { startSecretVersions, type SecretVersions } from '../support/secret-versions.ts';
import { folderFor } from './files.ts';

const write = folderFor('identity-secret');

describe('the identity secret in a file', () => {
  test('is replaced for the owner alone, and nothing is left beside it', async () => {
    const path = write('old.json', 'old');
    const { text, replace } = await secretFile(path).read();
    await replace('new');

    expect([text, readFileSync(path, 'utf8')]).toEqual(['old', 'new']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(path)).filter((name) => name.startsWith('old.json'))).toEqual([
      'old.json',
    ]);
  });

  test('is empty before it is there, and is made', async () => {
    const path = join(dirname(write('any', '')), 'first.json');
    const { text, replace } = await secretFile(path).read();
    await replace('new');
    expect([text, readFileSync(path, 'utf8')]).toEqual(['{"identities":[]}', 'new']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('is found where a link leads, and the link stays', async () => {
    const path = write('target.json', 'old');
    const link = `${path}.link`;
    symlinkSync(path, link);
    await (await secretFile(link).read()).replace('new');
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  test('is left as it is when it has changed meanwhile', async () => {
    const path = write('raced.json', 'old');
    const { replace } = await secretFile(path).read();
    writeFileSync(path, 'theirs');
    await expect(replace('ours')).rejects.toThrow('has changed since it was read');
    expect(readFileSync(path, 'utf8')).toBe('theirs');
  });

  test('says why it cannot be written', async () => {
    const { replace } = await secretFile('/nowhere/at/all.json').read();
    await expect(replace('new')).rejects.toThrow('Cannot write /nowhere/at/all.json: ENOENT.');
  });
});

describe('the identity secret in Secrets Manager', () => {
  let secret: SecretVersions;
  let undo: () => void;
  beforeAll(async () => {
    secret = await startSecretVersions('identity', 'old');
    undo = withAwsEnv({ AWS_ENDPOINT_URL_SECRETS_MANAGER: secret.endpoint });
  });
  beforeEach(() => {
    secret.before = () => undefined;
    secret.overwrite('old');
  });
  afterAll(async () => {
    undo();
    await secret.close();
  });

  test('is replaced at once, and no label is left on the way', async () => {
    const { text, replace } = await secretInManager('identity').read();
    await replace('new');
    expect([text, secret.current(), secret.labels()]).toEqual(['old', 'new', ['AWSCURRENT']]);
  });

  test.each(['PutSecretValue', 'UpdateSecretVersionStage'])(
    'is left as it is when somebody changes it before %s',
    async (target) => {
      const { replace } = await secretInManager('identity').read();
      let changed = false;
      secret.before = (asked) => {
        if (asked !== target || changed) return;
        changed = true;
        secret.overwrite('theirs');
      };
      await expect(replace('ours')).rejects.toThrow('has changed since it was read');
      expect([secret.current(), secret.labels()]).toEqual(['theirs', ['AWSCURRENT']]);
    },
  );

  test('that is not there is said by the name of the error and nothing more', async () => {
    const read = secretInManager('other').read();
    await expect(read).rejects.toThrow(
      'other: Secrets Manager answered ResourceNotFoundException.',
    );
  });
});
