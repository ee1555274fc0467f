import * as z from 'zod';
import { Settings } from '../shared/settings.ts';
import { Deployment } from './deployment-settings.ts';

/**
 * What the file of a stage holds: the settings that functions read, those of the deployment, and for editors where the
 * schema of both lies. What lies in files beside it may be left out.
 */
export const WrittenSettings = z.strictObject({
  /** Where editors find what may stand here: `./settings.schema.json`. */
  $schema: z.string().optional(),
  ...Settings.shape,
  /** The name of the file, in which it may be left out. */
  stage: Settings.shape.stage.optional(),
  /** Those of the files beside it, unless they stand here. */
  consentTexts: Settings.shape.consentTexts.optional(),
  deployment: Deployment.optional(),
});

/** A JSON schema, as far as it is read here. */
export interface SettingSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SettingSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | SettingSchema;
  readonly items?: boolean | SettingSchema;
  readonly anyOf?: readonly SettingSchema[];
  readonly oneOf?: readonly SettingSchema[];
}

/** Of the file of a stage, as a person writes it: before defaults. */
export const schemaOfSettings = (): SettingSchema =>
  z.toJSONSchema(WrittenSettings, {
    io: 'input',
    override: ({ jsonSchema }) => {
      // The library's own name for a pattern, which no reader of schemas knows.
      if (jsonSchema.format === 'includes') delete jsonSchema.format;
    },
  }) as SettingSchema;
