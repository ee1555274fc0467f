import type { DirectAddress } from '../../../shared/ids.ts';
import { linesOf, viewOf } from '../certificates/describe-certificate.ts';
import type { Report } from '../command.ts';
import type { Judged } from './installation.ts';
import type { DecryptionRenewal, SigningRenewal } from './renewal.ts';
import type { SecretStores } from './secret-store.ts';

/** An installation that was refused: the secrets are as they were. */
export const refusal = (
  address: DirectAddress,
  judged: readonly Judged[],
  faults: readonly string[],
): Report => ({
  ok: false,
  lines: [...linesOfAll(judged), ...faults],
  json: { address, isWritten: false, identities: viewsOf(judged), faults },
  summary: `Not installed: ${judged.length} for ${address}; the secrets are as they were.`,
});

export interface Installation {
  readonly address: DirectAddress;
  readonly stores: SecretStores;
  readonly judged: readonly Judged[];
  readonly renewal: { readonly signing: SigningRenewal; readonly decryption: DecryptionRenewal };
  /** Otherwise it was only tried. */
  readonly isWritten: boolean;
}

export function installation(installed: Installation): Report {
  const { address, stores, judged, renewal, isWritten } = installed;
  const { removed } = renewal.decryption;
  const { signsInKms } = renewal.signing;
  const kept = renewal.decryption.kept.map(({ certificate, decryptUntil }) => ({
    certificate,
    decryptUntil: decryptUntil.toISOString(),
  }));
  return {
    ok: true,
    lines: [
      ...linesOfAll(judged),
      ...(signsInKms ? ['The key in KMS goes on signing for the address.'] : []),
      ...kept.map(
        ({ certificate, decryptUntil }) =>
          `kept to decrypt until ${decryptUntil}: the one with SHA-256 ${certificate}`,
      ),
    ],
    json: {
      address,
      secrets: { signing: stores.signing.place, decryption: stores.decryption.place },
      isWritten,
      identities: viewsOf(judged),
      signsInKms,
      kept,
      removed,
    },
    summary:
      `${isWritten ? 'Installed' : 'Would be installed'}: ${judged.length} for ${address}, ` +
      `${kept.length} kept, ${removed} removed. Next: publish, then doctor.`,
  };
}

const linesOfAll = (judged: readonly Judged[]): readonly string[] =>
  judged.flatMap(({ identity, serves, remarks }, index) => [
    ...linesOf(identity.certificate, `certificate ${index + 1}`),
    `  serves   ${serves.join(' and ') || 'nothing'}`,
    ...remarks.map((remark) => `  note     ${remark}`),
  ]);

const viewsOf = (judged: readonly Judged[]) =>
  judged.map(({ identity, serves, remarks }) => ({
    ...viewOf(identity.certificate),
    serves,
    remarks,
  }));
