import { startLocalSystem, type LocalSystem } from '../../../infra/local/local-system.ts';
import { apiContract, type Contract } from '../../support/api/contract.ts';
import { lintOf } from '../../support/api/lint.ts';
import { openApiDocument } from '../../../infra/cli/openapi/document.ts';
import type { FailedCase, SuiteResult } from '../conformance/suite.ts';
import { ask } from '../openapi/asking.ts';
import { casesOf, type OpenApiCase } from '../openapi/cases.ts';
import { operationsOf } from '../openapi/operations.ts';
import { newPlace } from '../openapi/place.ts';

/**
 * Calls every operation of the OpenAPI document on the local system, as its examples have it and in ways that are to be
 * refused, and holds each answer to the document; the linter is one case more.
 */
export async function runOpenApi(): Promise<SuiteResult> {
  const contract = apiContract();
  const cases = operationsOf(contract.document).flatMap(casesOf);
  const system = await startLocalSystem();
  const failed: FailedCase[] = [];
  try {
    for (const each of cases) failed.push(...(await failureOf(each, system, contract)));
  } finally {
    await system.close();
  }
  const lint = await lintOf(openApiDocument());
  if (lint.length > 0) failed.push({ id: 'lint', expected: 'nothing', got: lint.join('; ') });
  const total = cases.length + 1;
  return { passed: total - failed.length, total, notApplicable: 0, failed };
}

async function failureOf(
  { id, operation, asking, expected }: OpenApiCase,
  system: LocalSystem,
  contract: Contract,
): Promise<readonly FailedCase[]> {
  const place = await newPlace(system);
  try {
    const given = await ask(system, operation, place, asking);
    const fits = expected === 'success' ? given.status < 300 : expected.includes(given.status);
    const faults = contract.faultsOf(operation.key, given);
    if (fits && faults.length === 0) return [];
    const got = [given.status, ...faults, fits ? '' : JSON.stringify(given.body)].join(' ');
    return [{ id, expected: String(expected), got }];
  } catch (error) {
    return [{ id, expected: String(expected), got: String(error) }];
  } finally {
    await place.close();
  }
}
