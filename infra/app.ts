import { App } from 'aws-cdk-lib';
import { CLI_VERSION_ENV } from 'aws-cdk-lib/cx-api';
import { join } from 'node:path';
import { apiDescription } from './api-description.ts';
import { bundleFunctions } from './bundle.ts';
import { ConfigError, readConfig } from './config.ts';
import { isOnOneMachine } from './contradictions/stages.ts';
import { portalFiles } from './portal/pages.ts';
import { directTransmit } from './direct-transmit.ts';

/** `cdk synth -c stage=NAME`; SETTINGS_FILE, as context or in the environment, names another file than the stage's. */
function main(): void {
  const { node } = new App({ autoSynth: false });
  const text = (name: string): string | undefined => node.tryGetContext(name) ?? undefined;
  const stage = text('stage') ?? 'sandbox';
  const config = readConfig({
    stage,
    file: text('SETTINGS_FILE') ?? process.env['SETTINGS_FILE'],
  });
  refuseToDeploy(config.settings.stage);
  const root = join(import.meta.dirname, '..');
  const bundles = bundleFunctions({
    root,
    beside: { 'api-description/openapi.json': () => apiDescription(root) },
  });
  directTransmit({ config, bundles, portalFiles: () => portalFiles(root) }).synth();
}

/** What is refused everywhere else is allowed on one machine: the CDK command, which brings stages to AWS, sets the variable. */
function refuseToDeploy(stage: string): void {
  if (!isOnOneMachine(stage) || process.env[CLI_VERSION_ENV] === undefined) return;
  throw new ConfigError(`stage: ${stage} runs on one machine; give what is deployed another name`);
}

try {
  main();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
