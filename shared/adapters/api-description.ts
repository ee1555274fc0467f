import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Reads the OpenAPI document that was packed with the function.
 *
 * @throws Error when it does not lie beside the bundle: import.meta.dirname is LAMBDA_TASK_ROOT once bundled
 */
export const readDescription = (root: string = import.meta.dirname): Uint8Array =>
  readFileSync(join(root, 'openapi.json'));
