import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { bundleFunctions } from '../../infra/bundle.ts';
import { directTransmit } from '../../infra/direct-transmit.ts';
import { resourcesOf, SANDBOX } from './support/templates.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** A project of one function, which uses a package that still calls `require`. */
function smallProject(): string {
  const root = temporaryFolder();
  const write = (file: string, text: string): void => {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  write('package-lock.json', '{}');
  write('shared/greeting.ts', "export const greeting: string = 'hello';");
  write('node_modules/old/package.json', '{"main":"index.js"}');
  write('node_modules/old/index.js', "module.exports = require('node:os').EOL;");
  write(
    'lambdas/greet/index.ts',
    "import { greeting } from '../../shared/greeting.ts';\n" +
      "import old from 'old';\n" +
      'export const handler = () => greeting + old;',
  );
  return root;
}

/** Runs the bundle's handler in a process of its own and from a module, as Lambda would: there is no `require` around. */
function run(bundle: string): string {
  const runner = join(temporaryFolder(), 'runner.mjs');
  const url = JSON.stringify(pathToFileURL(bundle).href);
  writeFileSync(runner, `import { handler } from ${url};\nprocess.stdout.write(handler());`);
  return execFileSync(process.execPath, [runner], { encoding: 'utf8' }).trim();
}

describe('the bundles', () => {
  test('run as they are, with a package inside that calls require', () => {
    const bundles = bundleFunctions({ root: smallProject() });
    expect(readdirSync(join(bundles, 'greet')).sort()).toEqual(['index.mjs', 'index.mjs.map']);
    expect(run(join(bundles, 'greet/index.mjs'))).toBe('hello');
  });

  test('leave a package beside them that is seldom wanted, for the function that may want it', () => {
    const root = smallProject();
    mkdirSync(join(root, 'node_modules/node-forge'));
    writeFileSync(join(root, 'node_modules/node-forge/index.js'), "module.exports = 'forged';");
    mkdirSync(join(root, 'lambdas/forge'));
    writeFileSync(
      join(root, 'lambdas/forge/index.ts'),
      "const { default: forge } = await import('node-forge');\nexport const handler = () => forge;",
    );
    const bundles = bundleFunctions({ root });

    expect(run(join(bundles, 'forge/index.mjs'))).toBe('forged');
    expect(readFileSync(join(bundles, 'forge/index.mjs'), 'utf8')).not.toContain('forged');
    expect(readdirSync(join(bundles, 'greet'))).not.toContain('node_modules');
  });

  test('are not made again for the same sources', () => {
    const root = smallProject();
    const first = bundleFunctions({ root });
    const { mtimeMs } = statSync(join(root, 'dist'));
    expect(bundleFunctions({ root })).toBe(first);
    // Nothing came into the folder, not even for a moment.
    expect(statSync(join(root, 'dist')).mtimeMs).toBe(mtimeMs);
    expect(readdirSync(join(root, 'dist'))).toHaveLength(1);
  });

  test.each(['shared/greeting.ts', 'package-lock.json'])(
    'are made again when %s changes',
    (file) => {
      const root = smallProject();
      const first = bundleFunctions({ root });
      writeFileSync(join(root, file), `${readFileSync(join(root, file), 'utf8')}\n`);
      const second = bundleFunctions({ root });
      expect(second).not.toBe(first);
      expect(run(join(second, 'greet/index.mjs'))).toBe('hello');
    },
  );

  test('leave nothing behind when the sources are broken, and say where', () => {
    const root = smallProject();
    writeFileSync(join(root, 'lambdas/greet/index.ts'), "import './missing.ts';");
    expect(() => bundleFunctions({ root })).toThrow('missing.ts');
    expect(readdirSync(join(root, 'dist'))).toEqual([]);
  });
});

describe('what is deployed as the code of a function', () => {
  /** A stand-in bundle for every function: what counts here is what lies beside it. */
  const bundles = temporaryFolder();
  const lambdas = join(import.meta.dirname, '../../lambdas');
  for (const { name } of readdirSync(lambdas, { withFileTypes: true }).filter((each) =>
    each.isDirectory(),
  )) {
    mkdirSync(join(bundles, name));
    writeFileSync(join(bundles, name, 'index.mjs'), `export const handler = () => '${name}';`);
  }
  const outdir = temporaryFolder();
  const resources = resourcesOf(directTransmit({ config: SANDBOX, bundles, outdir }));

  const codeOf = (name: string): string => {
    const functionName = `direct-transmit-sandbox-${name}`;
    const found = resources.find(({ properties }) => properties['FunctionName'] === functionName);
    return join(outdir, `asset.${found?.properties['Code'].S3Key.replace('.zip', '')}`);
  };

  test('is its bundle, and beside it the settings with consent texts and anchors', () => {
    const code = codeOf('send-transmission');
    expect(readFileSync(join(code, 'index.mjs'), 'utf8')).toContain("'send-transmission'");
    const settings: unknown = JSON.parse(readFileSync(join(code, 'settings.json'), 'utf8'));
    expect(settings).toEqual(SANDBOX.settings);
  });

  test('is its bundle alone for a function that asks for no settings', () => {
    expect(readdirSync(codeOf('ring'))).toEqual(['index.mjs']);
  });

  test('does not change when the same stage is synthesised again into the same folder', () => {
    const before = codeOf('send-transmission');
    const kept = temporaryFolder();
    cpSync(before, kept, { recursive: true });
    directTransmit({ config: SANDBOX, bundles, outdir }).synth();
    expect(readdirSync(before)).toEqual(readdirSync(kept));
  });
});
