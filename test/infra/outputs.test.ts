import { expect, test } from '@jest/globals';
import { readConfig, stagesIn } from '../../infra/config.ts';
import { directTransmit } from '../../infra/direct-transmit.ts';
import { synthesised } from './support/templates.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** Whoever may list stacks reads outputs, and `cdk deploy --outputs-file` leaves them in a file. */
test.each(stagesIn())('no output of the stage %s tells a secret, only where it lies', (stage) => {
  const app = directTransmit({ config: readConfig({ stage }), outdir: temporaryFolder() });
  const outputs: [string, { Value: unknown }][] = synthesised(app).stacks.flatMap(({ template }) =>
    Object.entries(template.Outputs ?? {}),
  );
  expect(outputs.length).toBeGreaterThan(8);
  const telling = outputs.filter(([, { Value: value }]) =>
    /\{\{resolve:|SecretString|ClientSecret/.test(JSON.stringify(value)),
  );
  expect(telling.map(([id]) => id)).toEqual([]);
});
