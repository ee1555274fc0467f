import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { readConfig, stagesIn } from '../../infra/config.ts';
import { directTransmit } from '../../infra/direct-transmit.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** What the construct library itself finds wrong in the templates, warnings too. */
function faultsIn(app: App, outdir: string): unknown {
  app.synth();
  const report = readFileSync(join(outdir, 'validation-report.json'), 'utf8');
  return (JSON.parse(report) as { readonly pluginReports: unknown }).pluginReports;
}

test.each(stagesIn())(
  'the construct library finds nothing wrong in the templates of %s',
  (stage) => {
    const outdir = temporaryFolder();
    expect(faultsIn(directTransmit({ config: readConfig({ stage }), outdir }), outdir)).toEqual([]);
  },
);

test('it does find what is planted', () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const outdir = temporaryFolder();
  const app = new App({ outdir, autoSynth: false });
  const type = 'AWS::SQS::Queue';
  const queue = new CfnResource(new Stack(app, 'Planted'), 'Queue', { type });
  queue.addPropertyOverride('DelaySecond', 5);
  expect(JSON.stringify(faultsIn(app, outdir))).toContain('DelaySecond');
});
