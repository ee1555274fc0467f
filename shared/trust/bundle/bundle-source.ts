import { sha256, type Sha256 } from '../../ids.ts';
import type { Settings } from '../../settings.ts';
import { certificatesOf } from '../anchors.ts';
import type { Certificate } from '../certificate.ts';
import { STRICT, type TrustRules } from '../rules.ts';

export type BundleSettings = Settings['bundles'][number];

/** From where a bundle comes, and what is demanded of it. */
export interface BundleSource {
  readonly name: string;
  readonly url: string;
  readonly signer?: Certificate;
  readonly rules: Pick<TrustRules, 'allowSha1' | 'minimumRsaBits'>;
  /**
   * Other for another URL, or for other demands on a signer: what was read under those is not believed any more, or a
   * signer that is asked for today would be answered by what was taken unsigned yesterday.
   */
  readonly id: Sha256;
}

/** @throws Error that names the place in the settings of a signer that is not one certificate */
export const bundleSourcesOf = ({
  bundles,
  trust,
}: Pick<Settings, 'bundles' | 'trust'>): readonly BundleSource[] =>
  bundles.map(({ name, url, signer: pem }, index) => {
    const signer = pem === undefined ? undefined : onlySigner(pem, `bundles.${index}.signer`);
    const { allowSha1, minimumRsaBits } = { ...STRICT, ...trust };
    const demands = signer ? [signer.fingerprint, allowSha1, minimumRsaBits] : [];
    const id = sha256(JSON.stringify([url, ...demands]));
    return { name, url, rules: { allowSha1, minimumRsaBits }, id, ...(signer && { signer }) };
  });

function onlySigner(pem: string, place: string): Certificate {
  const [signer, ...others] = certificatesOf(pem, place);
  if (others.length > 0) throw new Error(`The settings are wrong:\n  ${place}: more than one`);
  return signer;
}
