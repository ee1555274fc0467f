import { basename, dirname } from 'node:path';
import { Settings } from '../../../shared/settings.ts';
import { type Config, ConfigError, type ConfigSource, readConfig } from '../../config.ts';
import { CommandError } from '../command.ts';

/** The settings of a stage, by its file in `infra/config` or wherever it lies. @throws CommandError */
export const stageSettings = (file: string): Settings => stageConfig(file).settings;

/** With what only its deployment needs to know. @throws CommandError */
export function stageConfig(file: string): Config {
  try {
    return readConfig(sourceOfFile(file));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new CommandError(error.message.replaceAll('\n', ' '));
  }
}

/** What lies beside the file belongs to it. */
export const sourceOfFile = (file: string): ConfigSource => ({
  stage: basename(file, '.json'),
  file,
  folder: dirname(file),
});

/** Those of a stage that says nothing of them. */
export const standardDeadlines = () => Settings.shape.deadlines.parse(undefined);
