import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Deployment } from '../assembly/deployment.ts';

const Secret = z.object({
  SecretString: z.string().optional(),
  GenerateSecretString: z
    .looseObject({
      PasswordLength: z.number().default(32),
      SecretStringTemplate: z.string().optional(),
      GenerateStringKey: z.string().optional(),
    })
    .optional(),
});

/**
 * The values of the template's secrets by ARN.
 *
 * @param given values by logical id prefix, for secrets that somebody fills in after deployment
 */
export function secretsOf(
  deployment: Deployment,
  given: Readonly<Record<string, string>>,
): Map<string, string> {
  const secrets = deployment.resources('AWS::SecretsManager::Secret', Secret);
  return new Map(
    secrets.map(({ ref, logicalId, properties }) => {
      const name = Object.keys(given).find((each) => logicalId.includes(each));
      const value = name === undefined ? generated(properties) : given[name];
      return [ref, value ?? ''];
    }),
  );
}

function generated({ SecretString: text, GenerateSecretString: rule }: z.output<typeof Secret>) {
  if (text !== undefined) return text;
  const random = randomBytes(rule?.PasswordLength ?? 32)
    .toString('base64url')
    .slice(0, rule?.PasswordLength ?? 32);
  if (!rule?.SecretStringTemplate || !rule.GenerateStringKey) return random;
  const template = JSON.parse(rule.SecretStringTemplate) as Record<string, unknown>;
  return JSON.stringify({ ...template, [rule.GenerateStringKey]: random });
}
