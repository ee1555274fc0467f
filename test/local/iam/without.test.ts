import { describe, expect, test } from '@jest/globals';
import { Template } from '../../../infra/local/assembly/template.ts';
import { permissionIn, withoutPermission } from '../../../infra/local/iam/without.ts';
import { withRole } from './fixture.ts';

const assemblyWith = (...actions: readonly (string | readonly string[])[]) =>
  assemblyOf('local', actions);

const assemblyOf = (stage: string, actions: readonly (string | readonly string[])[]) => {
  const statements = actions.map((Action) => ({ Effect: 'Allow', Action, Resource: '*' }));
  const { Worker: worker, ...rest } = withRole(statements);
  const Worker = {
    ...worker,
    Properties: { ...worker?.Properties, FunctionName: `direct-transmit-${stage}-worker` },
  };
  const template = Template.parse({ Resources: { ...rest, Worker } });
  const name = `DirectTransmit-${stage}-Core`;
  return { stacks: [{ name, template, assetFolders: new Map<string, string>() }] };
};

describe('an assembly without a permission', () => {
  test('has all the others', () => {
    const before = assemblyWith(
      ['s3:GetObject', 's3:PutObject'],
      's3:PutObject',
      'sqs:SendMessage',
    );
    const after = withoutPermission(before, permissionIn('worker:s3:PutObject'));
    expect(after).toEqual(assemblyWith(['s3:GetObject'], ['sqs:SendMessage']));
  });

  test('may be of a stage whose name has hyphens', () => {
    const before = assemblyOf('two-facilities', ['s3:PutObject', 'sqs:SendMessage']);
    const after = withoutPermission(before, permissionIn('worker:s3:PutObject'));
    expect(after).toEqual(assemblyOf('two-facilities', [['sqs:SendMessage']]));
  });

  test.each(['worker:s3:GetObject', 'other:s3:PutObject', 'work:s3:PutObject'])(
    'is none where %s was never given',
    (text) => {
      expect(() => withoutPermission(assemblyWith('s3:PutObject'), permissionIn(text))).toThrow(
        'does not allow',
      );
    },
  );

  test.each(['worker', 'worker:s3', 'worker:s3:*', ''])('"%s" is no permission', (text) => {
    expect(() => permissionIn(text)).toThrow('FUNCTION:SERVICE:ACTION');
  });
});
