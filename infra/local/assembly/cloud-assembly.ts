import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { Template, type Assembly, type Stack } from './template.ts';

const Manifest = z.looseObject({
  artifacts: z.record(
    z.string(),
    z.looseObject({
      type: z.string(),
      properties: z.looseObject({ templateFile: z.string().optional() }).optional(),
    }),
  ),
});

const Assets = z.looseObject({
  files: z.record(
    z.string(),
    z.looseObject({
      source: z.looseObject({ path: z.string().optional() }),
      destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })),
    }),
  ),
});

/** Reads what `cdk synth` wrote: every stack with its template and the folders of its assets. */
export function readCloudAssembly(folder: string): Assembly {
  const manifest = Manifest.parse(readJson(join(folder, 'manifest.json')));
  const stacks = Object.entries(manifest.artifacts)
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([name, artifact]): Stack => {
      const file = artifact.properties?.templateFile ?? `${name}.template.json`;
      return {
        name,
        template: Template.parse(readJson(join(folder, file))),
        assetFolders: assetFolders(folder, join(folder, `${name}.assets.json`)),
      };
    });
  return { stacks };
}

function assetFolders(folder: string, file: string): ReadonlyMap<string, string> {
  const folders = new Map<string, string>();
  if (!existsSync(file)) return folders;
  for (const { source, destinations } of Object.values(Assets.parse(readJson(file)).files)) {
    for (const { objectKey } of Object.values(destinations)) {
      if (source.path) folders.set(objectKey, resolve(folder, source.path));
    }
  }
  return folders;
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
