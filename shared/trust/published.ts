import { discover } from '../discover/discover.ts';
import type { DiscoveryStage } from '../discover/discovery.ts';
import type { DirectAddress } from '../ids.ts';
import { done, type Outcome } from '../outcome.ts';
import type { Certificate } from './certificate.ts';
import { hostingsOf, type Hosting, type HostingPorts, type Ours } from './hosting.ts';
import { sourcesOf } from './sources.ts';
import { trust } from './trust.ts';

const SOON_DAYS = 30;
const DAY_MS = 86_400_000;

/** Where a stranger asks, and whom they trust. They remember nothing of us. */
export interface StrangerPorts extends HostingPorts {
  readonly anchors: readonly Certificate[];
}

/** What a stranger who wants to encrypt to an address of ours comes to. */
export interface StrangersAnswer {
  /** Where their search ends: the first place that holds any certificate. */
  readonly stage: DiscoveryStage;
  /** Those to which they would encrypt. */
  readonly certificates: readonly Certificate[];
  /** Whole days until the first of them runs out. */
  readonly daysLeft: number;
}

export interface PublishedAnswer {
  /** All four places, H1 to H4. */
  readonly hostings: readonly Hosting[];
  /** @failure discover/* (they find nothing), trust/* (they find what they cannot use) */
  readonly stranger: Outcome<StrangersAnswer>;
  /** Whether what strangers encrypt to is the certificate that we asked for. */
  readonly isOurs: boolean;
  /** Whether ours runs out within thirty days. */
  readonly expiresSoon: boolean;
}

/**
 * Looks for our own address as a stranger would who has these anchors, and says of each place where strangers look
 * what stands there. The places are those of the certification tool's hosting cases H1 to H4; whether the certificate
 * can be trusted, which that tool does not ask, is asked too.
 */
export async function checkPublished(ours: Ours, ports: StrangerPorts): Promise<PublishedAnswer> {
  const [hostings, stranger] = await Promise.all([
    hostingsOf(ours, ports),
    asStranger(ours.address, ports),
  ]);
  const { fingerprint } = ours.certificate;
  return {
    hostings,
    stranger,
    isOurs:
      stranger.ok && stranger.value.certificates.some((each) => each.fingerprint === fingerprint),
    expiresSoon: daysUntil(ours.certificate.notAfter, ports.now()) < SOON_DAYS,
  };
}

/**
 * Whether anybody could encrypt to an address of ours, by what is public alone: no key of ours is needed to ask.
 *
 * @failure discover/*, trust/*
 */
export async function checkOwnCertificate(
  address: DirectAddress,
  ports: StrangerPorts,
): Promise<Outcome<Pick<StrangersAnswer, 'daysLeft'> & { readonly count: number }>> {
  const stranger = await asStranger(address, ports);
  if (!stranger.ok) return stranger;
  const { daysLeft, certificates } = stranger.value;
  return done({ daysLeft, count: certificates.length });
}

async function asStranger(
  address: DirectAddress,
  { directory, ldap, fetch, now, anchors }: StrangerPorts,
): Promise<Outcome<StrangersAnswer>> {
  const { outcome } = await discover(address, { directory, ldap, fetch, now });
  if (!outcome.ok) return outcome;
  const { outcome: trusted } = await trust(address, outcome.value.certificates, 'encryption', {
    anchors,
    now: now(),
    sources: sourcesOf({ fetch, cache: FORGETFUL }),
  });
  if (!trusted.ok) return trusted;
  const { certificates } = trusted.value;
  const days = certificates.map(({ notAfter }) => daysUntil(notAfter, now()));
  return done({ stage: outcome.value.stage, certificates, daysLeft: Math.min(...days) });
}

const FORGETFUL = { read: async () => undefined, keep: async () => undefined };

const daysUntil = (at: Date, now: Date): number =>
  Math.floor((at.getTime() - now.getTime()) / DAY_MS);
