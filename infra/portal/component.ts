import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Beside, besideOf, definitionsOf } from './beside.ts';
import { type Bundled, bundled } from './bundle.ts';
import { wordFaults } from './word-faults.ts';

/** `<share-with-direct>`, as pages embed it: one ES module that imports nothing. */
export interface PortalComponent extends Bundled {
  /** What it reads when it starts. */
  readonly beside: Beside;
  /** What TypeScript needs to know of it. */
  readonly types: string;
}

/**
 * Builds the component.
 *
 * @param root the project
 * @param faults of the words, a sentence each
 * @throws Error when a text is missing in one of the languages, or the sources do not build
 */
export function portalComponent(root: string, faults = wordFaults()): PortalComponent {
  if (faults.length > 0) throw new Error(`The portal was not built. ${faults.join(' ')}`);
  const beside = besideOf(root);
  return {
    ...bundled(root, 'portal/share-with-direct.ts', definitionsOf(beside)),
    beside,
    types: readFileSync(join(root, 'portal/share-with-direct.types.ts'), 'utf8'),
  };
}
