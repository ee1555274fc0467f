import { parseDirectAddress, sha256 } from '../../../../shared/ids.ts';
import {
  recipientOf,
  type RecipientAnswer,
  type RecipientPorts,
} from '../../../../shared/trust/recipient.ts';
import type { CasePlan } from './edition.ts';
import type { TestBench } from './test-bench.ts';

export interface CaseResult {
  readonly id: string;
  readonly passed: boolean;
  readonly expected: string;
  /** The certificates to which a mail would be encrypted, or the code of the refusal. */
  readonly got: string;
  readonly answer: RecipientAnswer;
}

/** Asks as a sender would before a mail to the address of the case is encrypted. */
export async function runCase(
  { id, address, expected }: CasePlan,
  { issued }: TestBench,
  ports: RecipientPorts,
): Promise<CaseResult> {
  const parsed = parseDirectAddress(address);
  if (!parsed.ok) throw new Error(`${id} has no Direct address`);
  const answer = await recipientOf(parsed.value, ports);
  const names = new Map(
    [...issued.byName].map(([name, { certificate }]) => [sha256(certificate), name]),
  );
  const chosen = answer.outcome.ok
    ? answer.outcome.value.certificates.map(
        ({ fingerprint }) => names.get(fingerprint) ?? 'a stranger',
      )
    : [];
  return {
    id,
    passed: listed(chosen) === listed(expected),
    expected: expected.length > 0 ? listed(expected) : 'no mail',
    got: answer.outcome.ok ? listed(chosen) : answer.outcome.failure.code,
    answer,
  };
}

const listed = (names: readonly string[]): string => names.toSorted().join(', ');
