import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { refusedReport } from '../../infra/local/demo/copy-report.ts';
import { summaryOf, verdictOn } from '../../infra/local/demo/verdict.ts';
import { describeWith } from '../support/needs.ts';

const DEMO = resolve(import.meta.dirname, '../../infra/local/demo.ts');

const demo = (permission: string) =>
  spawnSync(process.execPath, [DEMO, '--without', permission], { encoding: 'utf8' });

test('the demo fails for a missing permission, whatever became of the copies, and says it last', () => {
  const copies = [{ ...refusedReport('patient', 'deliver/refused'), status: 'delivered' }];
  const verdict = verdictOn(copies, ['one lacks this', 'another lacks that']);
  expect(verdict.status).toBe('failed');
  expect(summaryOf(verdict)).toBe(
    'demo: failed, 1 of 1 copies delivered; one lacks this; another lacks that',
  );
});

describeWith(['java', 'time'], 'the demo without a permission of a role', () => {
  test.each([
    [
      'of who answers the portal',
      'consents:dynamodb:GetItem',
      '/DirectTransmit-local-Foundation-MainTable',
    ],
    [
      'of who sends',
      'send-transmission:s3:GetObject',
      'arn:aws:s3:::directtransmit-local-foundation-recordsbucket',
    ],
    [
      'of who only tells others of it',
      'report:events:PutEvents',
      ':event-bus/direct-transmit-local',
    ],
  ])(
    '%s: it fails, and its last words name the function, the action and the resource',
    (_, permission, resource) => {
      const [name, ...action] = permission.split(':');
      const { stdout, status } = demo(permission);
      const last = stdout.trim().split('\n').at(-1);
      expect(status).toBe(1);
      expect(last).toContain(`direct-transmit-local-${name} lacks ${action.join(':')} on arn:aws:`);
      expect(last).toContain(resource);
    },
  );

  test('of who reads a queue: nothing starts, as nothing would be deployed', () => {
    const { stderr, status } = demo('receive-notification:sqs:ReceiveMessage');
    expect(status).toBe(1);
    expect(stderr).toContain(
      'receive-notification is not authorized to perform: sqs:ReceiveMessage',
    );
  });
});
