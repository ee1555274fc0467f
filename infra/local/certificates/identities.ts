import type { DirectAddress } from '../../../shared/ids.ts';
import { issue, makeAuthority, type Authority, type Issued } from './authority.ts';
import {
  makeTlsIdentities,
  WITH_OTHER_HISP,
  WITH_SYSTEMS,
  type TlsIdentities,
} from './tls-identities.ts';

/** The data holder's sending address, for which it holds an address-bound certificate. */
export const HOLDER_ADDRESS = 'records@direct.example.org' as DirectAddress;
/** The partner's domain, for which it holds a domain-bound certificate: every mailbox in it exists. */
export const PARTNER_DOMAIN = 'direct.example.net';

/** One and the same at each start: it stands in the template. */
const KMS_KEY = 'arn:aws:kms:us-east-1:000000000000:key/local-signing-key';

/** One organisation: who vouches for it, and what it signs and decrypts with. */
export interface Organisation {
  readonly authority: Authority;
  readonly identity: Issued;
}

/** A second identity of the holder's address, which signs instead: its key is in KMS. */
export interface KmsIdentity {
  readonly keyArn: string;
  readonly identity: Issued;
}

/** One of the addresses from which the holder sends. */
export interface SendingIdentity {
  readonly address: DirectAddress;
  readonly identity: Issued;
}

export interface Identities {
  /** Its `identity` is that of the first of its addresses. */
  readonly holder: Organisation & {
    readonly senders: readonly SendingIdentity[];
    readonly kms?: KmsIdentity;
  };
  readonly partner: Organisation;
  /** With somebody else's HISP. */
  readonly tls: TlsIdentities;
  /** With systems that call us by mutual TLS. */
  readonly systems: TlsIdentities;
}

export interface IdentityOptions {
  /** The holder signs with a key in KMS. */
  readonly kms?: boolean;
  /** From which the holder sends. @default HOLDER_ADDRESS alone */
  readonly addresses?: readonly DirectAddress[];
}

/** Keys and certificates of all who take part, made anew at each start and kept in memory only. */
export async function makeIdentities({
  kms = false,
  addresses = [HOLDER_ADDRESS],
}: IdentityOptions = {}): Promise<Identities> {
  const [holder, partner, tls, systems] = await Promise.all([
    holderOf(addresses),
    organisation('Partner Clinic', { domain: PARTNER_DOMAIN }),
    makeTlsIdentities(WITH_OTHER_HISP),
    makeTlsIdentities(WITH_SYSTEMS),
  ]);
  return { holder: kms ? { ...holder, kms: await inKms(holder) } : holder, partner, tls, systems };
}

async function holderOf([first = HOLDER_ADDRESS, ...others]: readonly DirectAddress[]) {
  const holder = await organisation('Example Health', { address: first });
  const senders = [{ address: first, identity: holder.identity }];
  for (const address of others) {
    senders.push({ address, identity: await issue(holder.authority, { address }) });
  }
  return { ...holder, senders };
}

async function inKms({ authority }: Organisation): Promise<KmsIdentity> {
  return { keyArn: KMS_KEY, identity: await issue(authority, { address: HOLDER_ADDRESS }) };
}

async function organisation(
  name: string,
  bound: { readonly address: string } | { readonly domain: string },
): Promise<Organisation> {
  const authority = await makeAuthority({ name: `${name} authority`, organization: name });
  return { authority, identity: await issue(authority, { ...bound, organization: name }) };
}

/** The value of the secret of who signs: where an address has a key in KMS, nothing else of it. */
export const signingSecret = ({ senders, kms }: Identities['holder']): string =>
  JSON.stringify({
    identities: senders.map((sender) =>
      kms && sender.address === HOLDER_ADDRESS ? kmsRow(kms) : rowOf(sender),
    ),
  });

/** And of who decrypts. */
export const decryptionSecret = ({ senders }: Identities['holder']): string =>
  JSON.stringify({ identities: senders.map(rowOf) });

const rowOf = ({ address, identity }: Identities['holder']['senders'][number]) => ({
  address,
  certificate: identity.certificatePem,
  privateKey: identity.privateKeyPem,
});

const kmsRow = ({ keyArn, identity }: KmsIdentity) => ({
  address: HOLDER_ADDRESS,
  certificate: identity.certificatePem,
  kmsKeyId: keyArn,
});
