import { X509Certificate } from 'node:crypto';
import type { Outcome } from '../../../../shared/outcome.ts';
import { anchorsOf } from '../../../../shared/trust/anchors.ts';
import {
  readBundle,
  type Bundle,
  type BundleOptions,
} from '../../../../shared/trust/bundle/read-bundle.ts';
import type { Certificate } from '../../../../shared/trust/certificate.ts';
import {
  cachedAuthority,
  cachedKeys,
  issueQuickly,
  type Authority,
  type Issued,
  type IssueOptions,
} from '../../../support/pki.ts';
import { p7b } from './bundles.ts';

/** Two authorities that a bundle lists, who publishes it, and who would like to. */
export interface BundleWorld {
  readonly one: Authority;
  readonly two: Authority;
  readonly publisher: Issued;
  readonly stranger: Issued;
  /** Of the two authorities, unsigned. */
  readonly plain: Uint8Array;
}

const NOW = new Date('2026-03-01T12:00:00Z');

export async function bundleWorld(): Promise<BundleWorld> {
  const one = await cachedAuthority('One');
  const two = await cachedAuthority('Two');
  return {
    one,
    two,
    publisher: await publisherBy({}),
    stranger: await publisherBy({ keys: await cachedKeys('stranger') }),
    plain: p7b([one.certificate, two.certificate]),
  };
}

/** Valid in 2026. */
export const publisherBy = async (options: IssueOptions): Promise<Issued> =>
  issueQuickly(await cachedAuthority('Publishers'), {
    domain: 'publisher.example',
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2027-01-01T00:00:00Z'),
    ...options,
  });

export const certificateOf = ({ certificatePem }: Issued): Certificate =>
  anchorsOf({ anchors: [certificatePem] })[0]!;

export const read = (bytes: Uint8Array, options: Partial<BundleOptions> = {}): Outcome<Bundle> =>
  readBundle(bytes, { now: NOW, ...options });

export const codeOf = (outcome: Outcome<unknown>): string =>
  outcome.ok ? 'read' : outcome.failure.code;

/** Common names of the anchors, or why there are none. */
export const namesIn = (outcome: Outcome<Bundle>): readonly string[] =>
  outcome.ok
    ? outcome.value.anchors.map(({ der }) => new X509Certificate(der).subject.replace('CN=', ''))
    : [outcome.failure.code];
