import { join } from 'node:path';
import { schemaOfSettings, type SettingSchema } from '../../written-settings.ts';
import { documentedIn, type Documented } from './doc-comments.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** The JSON schema of the file of a stage, for editors: with what the comments in the source say of each setting. */
export function describedSchema(): SettingSchema {
  const written = documentedIn(join(ROOT, 'infra/written-settings.ts'), 'WrittenSettings');
  return {
    ...described(schemaOfSettings(), { within: written.within }),
    description: 'The settings of a stage of Direct Transmit: docs/settings.md',
  };
}

function described(schema: SettingSchema, said: Documented): SettingSchema {
  const forms = (all: readonly SettingSchema[]) => all.map((each) => described(each, { within: said.within })); // prettier-ignore
  const { properties, items, additionalProperties, anyOf, oneOf } = schema;
  return {
    ...(said.description !== undefined && { description: said.description }),
    ...schema,
    ...(properties && { properties: inner(properties, said) }),
    ...(typeof items === 'object' && { items: described(items, { within: said.within }) }),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: described(additionalProperties, { within: said.within }),
    }),
    ...(anyOf && { anyOf: forms(anyOf) }),
    ...(oneOf && { oneOf: forms(oneOf) }),
  };
}

const inner = (properties: Readonly<Record<string, SettingSchema>>, { within }: Documented) =>
  Object.fromEntries(
    Object.entries(properties).map(([key, each]) => [
      key,
      described(each, within[key] ?? { within: {} }),
    ]),
  );
