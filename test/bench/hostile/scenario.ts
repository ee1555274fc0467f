import type { FailureCode } from '../../../shared/failures.ts';
import { VALID } from '../../support/chains.ts';
import { issueQuickly, type Authority, type IssueOptions } from '../../support/pki.ts';
import { VICTIM } from './situation.ts';
import type { World } from './world.ts';

/** Somebody's plan, and what has to come of it. */
export interface Scenario {
  /** One of these; a time limit may strike before what is wrong is found. */
  readonly ends: readonly FailureCode[];
  /** @param anchor that the victim believes, and that issues whatever a hostile customer can get */
  readonly lay: (world: World, anchor: Authority) => Promise<void> | void;
}

/** A certificate of the address of the victim's correspondent. DER. */
export const leafOf = async (issuer: Authority, options: IssueOptions = {}): Promise<Uint8Array> =>
  (await issueQuickly(issuer, { address: VICTIM, ...VALID, ...options })).certificate;

export const authorityOf = (issuer: Authority, options: IssueOptions): Promise<Authority> =>
  issueQuickly(issuer, { ca: true, ...VALID, ...options });

/** In the name of somebody, with a key that is not theirs. */
export const impostorOf = (authority: Authority, other: Authority): Authority => ({
  ...authority,
  privateKey: other.privateKey,
});

export const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
