import { PATH, type Step } from '../../shared/path.ts';

/** Where a file stands, as far as the law cares. */
export type Place =
  | {
      readonly kind:
        | 'root'
        | 'adapter'
        | 'edge'
        | 'infra'
        | 'local'
        | 'cli'
        | 'portal'
        | 'words'
        | 'routes'
        | 'schemas';
    }
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'lambda'; readonly lambda: string; readonly file: string }
  | { readonly kind: 'test' }
  | { readonly kind: 'outlaw'; readonly why: string };

/** @param path from the project's root, with forward slashes */
export function placeOf(path: string): Place {
  const [top = '', second = '', third = ''] = path.split('/');
  if (top === 'test') return { kind: 'test' };
  if (top === 'shared') return placeInShared(path, second);
  if (top === 'lambdas') {
    if (path === 'lambdas/routes.ts') return { kind: 'routes' };
    if (path === 'lambdas/schemas.ts') return { kind: 'schemas' };
    return { kind: 'lambda', lambda: second, file: third };
  }
  // What the screens say, which the build checks; and the screens, which know of the API its types alone.
  if (top === 'portal') return { kind: second === 'words' ? 'words' : 'portal' };
  if (top === 'infra') {
    if (second === 'local') return { kind: 'local' };
    return { kind: second === 'cli' ? 'cli' : 'infra' };
  }
  return { kind: 'outlaw', why: 'no place for code' };
}

function placeInShared(path: string, folder: string): Place {
  if (path.split('/').length === 2) return { kind: 'root' };
  if (folder === 'adapters') return { kind: 'adapter' };
  if (folder === 'edge') return { kind: 'edge' };
  const step = PATH.find((each) => each === folder);
  return step ? { kind: 'step', step } : { kind: 'outlaw', why: 'not a word of the path' };
}

/** Whether the law lets one place import another: style 3.3 and design 2. */
export function mayImport(from: Place, to: Place, typeOnly: boolean): boolean {
  switch (from.kind) {
    case 'root':
      return to.kind === 'root';
    case 'step':
      return to.kind === 'root' || (to.kind === 'step' && comesBefore(to.step, from.step));
    case 'adapter':
      return to.kind === 'root' || to.kind === 'step' || to.kind === 'adapter';
    case 'edge':
      return to.kind === 'root' || to.kind === 'edge';
    case 'lambda':
      return lambdaMayImport(from, to, typeOnly);
    case 'portal':
      return to.kind === 'portal' || to.kind === 'words' || (typeOnly && isOfTheApi(to));
    case 'words':
      return to.kind === 'words';
    case 'routes':
      return to.kind === 'lambda' && to.file === 'route.ts';
    case 'schemas':
      return to.kind === 'lambda' && to.file === 'schema.ts';
    case 'infra':
      return infraMayImport(to, typeOnly);
    case 'local':
    case 'cli':
      return to.kind !== 'edge' && to.kind !== 'test' && to.kind !== 'outlaw';
    case 'test':
      return to.kind !== 'outlaw';
    case 'outlaw':
      return false;
  }
}

const isOfTheApi = ({ kind }: Place): boolean => kind === 'root' || kind === 'step';

const comesBefore = (one: Step, other: Step): boolean => PATH.indexOf(one) <= PATH.indexOf(other);

function lambdaMayImport(
  from: Extract<Place, { kind: 'lambda' }>,
  to: Place,
  typeOnly: boolean,
): boolean {
  if (to.kind === 'lambda') {
    return to.lambda === from.lambda && from.file !== 'route.ts' && from.file !== 'env.ts';
  }
  switch (from.file) {
    case 'route.ts':
      return false;
    case 'env.ts':
      return to.kind === 'root';
    case 'schema.ts':
      return to.kind === 'root' || to.kind === 'step';
    case 'index.ts':
      return (
        to.kind === 'root' ||
        to.kind === 'edge' ||
        to.kind === 'adapter' ||
        (to.kind === 'step' && typeOnly)
      );
    default:
      return to.kind === 'root' || to.kind === 'edge' || to.kind === 'step';
  }
}

function infraMayImport(to: Place, typeOnly: boolean): boolean {
  if (to.kind === 'infra' || to.kind === 'routes' || to.kind === 'words') return true;
  if (to.kind === 'lambda') return to.file === 'env.ts' && typeOnly;
  return to.kind === 'root';
}

/** Files of `shared/` that `infra/*.ts` may read, and the only file that `env.ts` may. */
export const INFRA_READS = ['shared/settings.ts', 'shared/metrics.ts'];
export const ENV_READS = ['shared/env.ts'];

const NODE_PURE = ['node:crypto', 'node:zlib', 'node:buffer'];

/** The npm and Node modules that each place may use; what leaves the process is for adapters only. */
export const MODULES: Readonly<
  Record<Exclude<Place['kind'], 'outlaw' | 'test'>, readonly RegExp[]>
> = {
  root: exactly('zod', 'node:crypto'),
  step: exactly('postal-mime', 'saxes', 'temporal-polyfill', 'zod', ...NODE_PURE),
  adapter: [
    /^@aws-sdk\//,
    /^nodemailer(\/|$)/,
    /^node:/,
    ...exactly(
      '@aws-lambda-powertools/metrics',
      'dns-packet',
      'imapflow',
      'jose',
      'ldapts',
      'node-forge',
      'zod',
    ),
  ],
  edge: [/^@middy\//, /^@aws-lambda-powertools\//, ...exactly('aws-lambda', 'zod', 'node:crypto')],
  lambda: exactly('zod', 'node:crypto', 'aws-lambda'),
  portal: exactly('preact', 'preact/hooks'),
  words: [],
  routes: [],
  schemas: [],
  infra: [
    /^aws-cdk-lib/,
    /^node:/,
    ...exactly('cdk-nag', 'constructs', 'csv-parse/sync', 'esbuild', 'zod'),
  ],
  local: [/./],
  cli: [/./],
};

function exactly(...names: readonly string[]): readonly RegExp[] {
  return names.map((name) => new RegExp(`^${name}$`));
}
