import type { DirectAddress } from '../../../shared/ids.ts';
import { fail, type Outcome } from '../../../shared/outcome.ts';
import type { Certificate } from '../../../shared/trust/certificate.ts';
import type { Proved } from '../../../shared/trust/checks/address-binding.ts';
import { checkPeerName, type PeerName } from '../../../shared/trust/checks/peer-name.ts';
import { judgeBound } from '../../../shared/trust/judge-bound.ts';
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
  return (await judgeBound(leaf, address, 'encryption', options)).outcome;
}
