import * as z from 'zod';
import { FAILURES, type FailureCode, isFailureCode, ruleOf } from '../../../shared/failures.ts';
import type { Operation } from '../../../shared/operation.ts';
import { type DescribedRoute, isAbout, isOpen } from './routes.ts';

export const Code = z
  .enum(Object.keys(FAILURES) as [FailureCode])
  .meta({ id: 'FailureCode', description: 'What each means is told in docs/failures.md.' });

export const Problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'One sentence that a patient may read.' }),
    code: Code,
    remedy: z.string().meta({ description: 'What whoever has to act does about it.' }),
    errors: z
      .array(z.strictObject({ pointer: z.string(), code: z.string() }))
      .optional()
      .meta({ description: 'Where in the body (RFC 6901), never what stood there.' }),
    requestId: z.string(),
  })
  .meta({ id: 'Problem', description: 'A refusal, as RFC 9457 has it.' });

/** Of every route that looks at a token. */
const OF_TOKENS = [
  'edge/unauthenticated',
  'edge/token-expired',
  'edge/token-revoked',
  'edge/sign-in-weak',
  'edge/forbidden',
  'edge/too-many-requests',
] as const;
/** Whatever is asked for. */
const OF_ALL = ['edge/unavailable', 'edge/failed'] as const;
const OF_BODIES = ['edge/malformed', 'edge/too-large', 'edge/unsupported-media'] as const;
const OF_KEYS = [
  'edge/malformed',
  'edge/key-missing',
  'edge/key-in-progress',
  'edge/key-reused',
] as const;
const OF_PAGES = ['edge/malformed', 'edge/bad-cursor'] as const;

const when = <T>(holds: unknown, codes: readonly T[]): readonly T[] => (holds ? codes : []);

/** By status: every code with which an operation may refuse. */
export function problemsOf(
  route: DescribedRoute,
  operation: Operation,
): ReadonlyMap<number, readonly FailureCode[]> {
  const codes = new Set<FailureCode>([
    ...OF_ALL,
    ...when(!isOpen(route), OF_TOKENS),
    ...when(route.certificate, ['edge/certificate-expired'] as const),
    ...when(route.stepUp, ['edge/step-up-needed'] as const),
    ...when(operation.body, OF_BODIES),
    ...when(operation.query, ['edge/malformed'] as const),
    ...when(route.intake, ['edge/intake-stopped'] as const),
    ...when(route.page, OF_PAGES),
    ...when(route.idempotent, OF_KEYS),
    ...when(route.ifMatch, ['edge/precondition-failed'] as const),
    ...when(route.ifMatch === true, ['edge/precondition-missing'] as const),
    ...when(isAbout(route, 'patientId'), ['patient/bad-id', 'patient/unknown'] as const),
    ...(operation.refusals ?? []).map(known),
  ]);
  return Map.groupBy([...codes].toSorted(), (code) => ruleOf(code).status);
}

function known(code: string): FailureCode {
  if (!isFailureCode(code)) throw new Error(`There is no code ${code}`);
  return code;
}

/** A refusal as it looks. */
export const problemExample = (code: FailureCode): z.output<typeof Problem> => {
  const { status, says, remedy } = ruleOf(code);
  return {
    type: `/problems/${code}`,
    title: code.replaceAll(/[/-]/g, ' '),
    status,
    detail: says,
    code,
    remedy,
    requestId: '7c1d6b0a-5a2e-4a43-8d0b-4b9a5c0f8f11',
  };
};
