import type { FailureCode } from '../failures.ts';
import type { DirectAddress } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { Certificate } from './certificate.ts';
import { bindingOf, type Proved } from './checks/address-binding.ts';
import { checkKeyStrength } from './checks/key-strength.ts';
import { checkKeyUsage, MAIL_USAGES, type Purpose } from './checks/key-usage.ts';
import { checkValidityPeriod } from './checks/validity-period.ts';
import { judgePath, type JudgeOptions, type PathVerdict } from './judge-path.ts';

export interface BoundVerdict extends PathVerdict {
  readonly proved: Proved;
}

export interface BoundAnswer {
  readonly outcome: Outcome<BoundVerdict>;
  /** Tells of several that are refused which one came furthest. */
  readonly checksPassed: number;
}

/**
 * Judges a certificate as that of an address: what it is bound to, whether its key serves the purpose, and its whole
 * path. What costs nothing is asked first.
 *
 * @failure trust/*
 */
export async function judgeBound(
  certificate: Certificate,
  address: DirectAddress,
  purpose: Purpose,
  options: JudgeOptions,
): Promise<BoundAnswer> {
  const proved = bindingOf(certificate, address);
  if (!proved) return { outcome: fail('trust/wrong-address'), checksPassed: 0 };
  const checks: readonly (() => FailureCode | undefined)[] = [
    () => checkKeyStrength(certificate, purpose, options.rules),
    () => checkKeyUsage(certificate, purpose),
    () => checkValidityPeriod(certificate, options.now),
  ];
  for (const [index, check] of checks.entries()) {
    const code = check();
    if (code) return { outcome: fail(code), checksPassed: index + 1 };
  }
  const usages = [...MAIL_USAGES, ...options.usages];
  const judged = await judgePath(certificate, { ...options, usages });
  const outcome = judged.ok ? done({ ...judged.value, proved }) : judged;
  return { outcome, checksPassed: checks.length + 1 };
}
