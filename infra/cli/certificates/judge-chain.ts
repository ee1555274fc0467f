import type { DirectAddress } from '../../../shared/ids.ts';
import { done, fail, type Outcome } from '../../../shared/outcome.ts';
import type { Certificate } from '../../../shared/trust/certificate.ts';
import { bindingOf, type Proved } from '../../../shared/trust/checks/address-binding.ts';
import { checkKeyStrength } from '../../../shared/trust/checks/key-strength.ts';
import { checkKeyUsage, MAIL_USAGES } from '../../../shared/trust/checks/key-usage.ts';
import { checkPeerName, type PeerName } from '../../../shared/trust/checks/peer-name.ts';
import {
  judgePath,
  type JudgeOptions,
  type PathVerdict,
} from '../../../shared/trust/judge-path.ts';

export interface ChainOptions extends JudgeOptions {
  /** Whom to encrypt to; then what holds for recipients holds for the certificate. */
  readonly address?: DirectAddress;
  readonly peer?: PeerName;
}

export interface ChainVerdict extends PathVerdict {
  /** Only where there is an address. */
  readonly proved?: Proved;
}

/**
 * Judges one certificate that somebody brought, with its whole path: as a sender judges a recipient's where there is an
 * address, else by RFC 5280 alone.
 *
 * @failure trust/*
 */
export async function judgeChain(
  leaf: Certificate,
  { address, peer, ...options }: ChainOptions,
): Promise<Outcome<ChainVerdict>> {
  const misnamed = peer && checkPeerName(leaf, peer);
  if (misnamed) return fail(misnamed);
  if (!address) return judgePath(leaf, options);
  const proved = bindingOf(leaf, address);
  if (!proved) return fail('trust/wrong-address');
  const unfit =
    checkKeyStrength(leaf, 'encryption', options.rules) ?? checkKeyUsage(leaf, 'encryption');
  if (unfit) return fail(unfit);
  const usages = [...MAIL_USAGES, ...options.usages];
  const judged = await judgePath(leaf, { ...options, usages });
  return judged.ok ? done({ ...judged.value, proved }) : judged;
}
