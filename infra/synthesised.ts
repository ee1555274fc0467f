import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';

const Manifest = z.object({
  artifacts: z.record(z.string(), z.object({ type: z.string() })),
});

/** Behind the CDK command, which says something of its own at its end: that the stage can be deployed, as the last word. */
function main(args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    options: { output: { type: 'string', short: 'o' }, json: { type: 'boolean', short: 'j' } },
    // All others are the CDK command's.
    strict: false,
    allowPositionals: true,
  });
  const folder = typeof values.output === 'string' ? values.output : 'cdk.out';
  const stacks = stacksIn(join(folder, 'manifest.json'));
  const stage = /^DirectTransmit-(.+)-[A-Za-z]+$/.exec(stacks[0] ?? '')?.[1] ?? '';
  const said = values.json === true ? process.stderr : process.stdout;
  said.write(`Stage ${stage} is ready to deploy: ${stacks.length} stacks\n`);
}

/** The folder may hold templates of other stages from before. */
const stacksIn = (manifest: string): readonly string[] =>
  Object.entries(Manifest.parse(JSON.parse(readFileSync(manifest, 'utf8'))).artifacts)
    .filter(([, { type }]) => type === 'aws:cloudformation:stack')
    .map(([name]) => name);

main(process.argv.slice(2));
