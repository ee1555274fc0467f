import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { SIGN_INS } from '../infra/local/world/token-request.ts';
import { ROUTES } from '../lambdas/routes.ts';
import { isPublic, type Route } from '../shared/edge/identity/access.ts';
import { CONTEXTS, lettersOf, RESOURCES } from '../shared/edge/identity/scopes.ts';
import { KINDS } from '../shared/kinds.ts';
import { TOKEN_FAULTS } from '../shared/token-fault.ts';
import { Deployment } from '../infra/deployment-settings.ts';
import { issuersBeside } from './support/issuers.ts';
import { rowsUnder as rowsOf } from './support/page-rows.ts';

/** docs/callers.md against the table of routes, the aliases of scopes, and the settings. */

const PAGE = readFileSync(join(import.meta.dirname, '../docs/callers.md'), 'utf8');

/** Cells of the rows under a heading of the page. */
const rowsUnder = (heading: string): readonly (readonly string[])[] => rowsOf(PAGE, heading);

const CLOSED: readonly Route[] = ROUTES.filter((route) => !isPublic(route));

/** Each scope once, in the order of the alphabet. */
const SCOPES = [...new Set(CLOSED.flatMap(({ scopes }) => scopes))].toSorted();

const kindsOf = (scope: string): string =>
  KINDS.filter((kind) =>
    CLOSED.some(({ scopes, kinds }) => scopes.includes(scope) && kinds.includes(kind)),
  ).join(', ');

const aliasesOf = (scope: string): string => {
  const resource = RESOURCES[scope];
  if (resource === undefined) return '';
  const letters = CLOSED.filter(({ scopes }) => scopes.includes(scope)).flatMap(
    (route) => lettersOf(route) ?? [],
  );
  return [...new Set(letters)]
    .toSorted()
    .map((each) => `\`${resource}.${each}\``)
    .join(' ');
};

describe('docs/callers.md', () => {
  test('has every scope, who may use it, and how SMART writes it', () => {
    const rows = rowsUnder('Scopes').map(([scope = '', kinds = '', , alias = '']) => [
      scope,
      kinds,
      alias,
    ]);
    expect(rows).toEqual(SCOPES.map((scope) => [`\`${scope}\``, kindsOf(scope), aliasesOf(scope)]));
  });

  test('has every kind of caller, and the context of its SMART scopes', () => {
    expect(
      rowsUnder('Kinds of callers').map(([kind = '', , context = '']) => [kind, context]),
    ).toEqual(
      KINDS.map((kind) => [kind, CONTEXTS[kind] === undefined ? '' : `\`${CONTEXTS[kind]}/\``]),
    );
  });

  test('has every sign-in of the local issuer', () => {
    expect(rowsUnder('On your own machine').map(([name = '', acr = '']) => [name, acr])).toEqual(
      Object.entries(SIGN_INS).map(([name, { acr }]) => [`\`${name}\``, `\`${acr}\``]),
    );
  });

  test('has every word by which a token is refused', () => {
    expect(TOKEN_FAULTS.filter((each) => !PAGE.includes(`\`${each}\``))).toEqual([]);
  });

  test('has examples of settings that are taken', () => {
    const examples = [...PAGE.matchAll(/```json\n([\s\S]*?)```/g)].map(
      ([, text = '']) => JSON.parse(text) as object,
    );
    expect(examples.length).toBeGreaterThanOrEqual(4);
    for (const example of examples) {
      expect(() =>
        'deployment' in example
          ? Deployment.parse(example.deployment)
          : issuersBeside(undefined, example),
      ).not.toThrow();
    }
  });
});

test('every call that SMART has a scope for has its letters', () => {
  const aliased = CLOSED.filter(({ scopes }) => scopes.some((scope) => scope in RESOURCES));
  expect(aliased.length).toBeGreaterThan(10);
  expect(aliased.filter((route) => lettersOf(route) === undefined)).toEqual([]);
});
