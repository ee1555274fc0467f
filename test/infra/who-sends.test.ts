import { describe, expect, test } from '@jest/globals';
import { readConfig, stagesIn } from '../../infra/config.ts';
import { directTransmit } from '../../infra/direct-transmit.ts';
import { named, resourcesOf, statementsOf, type Statement } from './support/templates.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** Every function of a stage with the statements of its role. */
const rolesIn = (stage: string): ReadonlyMap<string, readonly Statement[]> => {
  const resources = resourcesOf(
    directTransmit({ config: readConfig({ stage }), outdir: temporaryFolder() }),
  );
  const policies = resources.filter(({ type }) => /^AWS::IAM::(Managed)?Policy$/.test(type));
  return new Map(
    resources
      .filter(({ type, properties }) => type === 'AWS::Lambda::Function' && properties.FunctionName)
      .map(({ properties }) => [
        String(properties.FunctionName).replace(`direct-transmit-${stage}-`, ''),
        policies
          .filter(({ properties: policy }) =>
            (policy.Roles ?? []).map(named).includes(named(properties.Role)),
          )
          .flatMap(({ properties: policy }) => statementsOf(policy.PolicyDocument)),
      ]),
  );
};

const SENDING = /^(\*|ses:(\*|Send))/;

describe.each(stagesIn())('in the stage %s', (stage) => {
  const roles = rolesIn(stage);
  const thatMay = (action: RegExp, resource = /./): readonly string[] =>
    [...roles]
      .filter(([, statements]) =>
        statements.some(
          ({ effect, actions, resources }) =>
            effect === 'Allow' &&
            actions.some((each) => action.test(each)) &&
            resources.some((each) => resource.test(each)),
        ),
      )
      .map(([name]) => name);

  test('who signs reads with what, and nobody else does', () => {
    expect(thatMay(/^secretsmanager:/, /VaultSigning/)).toEqual(['send-transmission']);
  });

  test('who reads mail reads with what it is decrypted, and nobody else does', () => {
    expect(thatMay(/^secretsmanager:/, /VaultDecryption/)).toEqual(['receive-notification']);
  });

  test('nobody reads all secrets, or those of a pattern', () => {
    expect(thatMay(/^(\*|secretsmanager:)/, /\*/)).toEqual([]);
  });

  test('who receives cannot send: only who sends may hand mail to SES, or sign with a key in KMS', () => {
    const may = [...thatMay(SENDING), ...thatMay(/^(\*|kms:(\*|Sign))/)];
    expect(may.filter((name) => name !== 'send-transmission')).toEqual([]);
    expect(thatMay(SENDING).length > 0).toBe(stage === 'sandbox');
  });

  test('who receives has no credentials of any relay, and cannot ring for a copy', () => {
    expect(thatMay(/^secretsmanager:/, /VaultRelay/)).not.toContain('receive-notification');
    expect(thatMay(/^sqs:SendMessage/, /SendTransmission/)).not.toContain('receive-notification');
  });
});
