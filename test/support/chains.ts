import type { FailureCode } from '../../shared/failures.ts';
import { readCertificate, type Certificate } from '../../shared/trust/certificate.ts';
import { furthest } from '../../shared/trust/path/refusals.ts';
import { newSearch, type SearchOptions } from '../../shared/trust/path/search.ts';
import { validPaths } from '../../shared/trust/path/valid-paths.ts';
import { STRICT, type TrustRules } from '../../shared/trust/rules.ts';
import {
  cachedKeys,
  issueQuickly,
  makeAuthority,
  type Authority,
  type IssueOptions,
} from './pki.ts';

export const NOW = new Date('2026-03-01T12:00:00Z');
export const VALID = {
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2027-01-01T00:00:00Z'),
};

export function read(der: Uint8Array): Certificate {
  const outcome = readCertificate(der);
  if (!outcome.ok) throw new Error(outcome.failure.code);
  return outcome.value;
}

/** A root of the name, whose key is made once for all tests of a process. */
export const rootOf = async (options: IssueOptions = {}): Promise<Authority> =>
  makeAuthority({
    name: 'Root',
    keys: await cachedKeys(`root ${options.name ?? ''}`, { ec: 'P-256' }),
    ...VALID,
    ...options,
  });

/** An authority with a key of its own for each place on a path, issued by another. */
export const authorityOf = async (
  issuer: Authority,
  name: string,
  options: IssueOptions = {},
): Promise<Authority> =>
  issueQuickly(issuer, {
    name,
    ca: true,
    keys: await cachedKeys(`authority ${name}`, { ec: 'P-256' }),
    ...VALID,
    ...options,
  });

export const leafOf = async (issuer: Authority, options: IssueOptions = {}): Promise<Certificate> =>
  read(
    (await issueQuickly(issuer, { address: 'dr@x.example.org', ec: 'P-256', ...VALID, ...options }))
      .certificate,
  );

export interface Chain {
  readonly leaf: Certificate;
  /** Between the two ends, the uppermost first. */
  readonly between: readonly Certificate[];
  readonly root: Certificate;
}

/** One that an authority issues to itself: it bears the name of the one before it. */
export const SELF_ISSUED = Symbol('self-issued');

export type Link = IssueOptions & { readonly [SELF_ISSUED]?: true };

/** Authorities one below the other from a root, the last link being the leaf. */
export async function chainOf(root: IssueOptions, links: readonly Link[]): Promise<Chain> {
  const top = await rootOf(root);
  let [issuer, name] = [top, root.name ?? 'Root'];
  const between: Certificate[] = [];
  for (const [at, link] of links.slice(0, -1).entries()) {
    if (!link[SELF_ISSUED]) name = link.name ?? `Authority ${at + 1}`;
    const keys = await cachedKeys(`link ${at}`, { ec: 'P-256' });
    issuer = await authorityOf(issuer, name, { keys, ...link, name });
    between.push(read(issuer.certificate));
  }
  const last = links.at(-1);
  const selfIssued = last?.[SELF_ISSUED] && { name };
  const leaf = await leafOf(issuer, { ...last, ...selfIssued });
  return { leaf, between, root: read(top.certificate) };
}

/** What our path validation says of a chain: its policies, or why there is no path. */
export function judge(
  { leaf, between, root }: Chain,
  rules: Partial<TrustRules> = {},
  options: Partial<SearchOptions> = {},
): readonly string[] | FailureCode {
  const search = newSearch({
    anchors: [root],
    candidates: between,
    now: NOW,
    usages: [],
    ...options,
    rules: { ...STRICT, ...rules },
  });
  for (const { policies } of validPaths(leaf, search)) return policies;
  return furthest(search.refusals);
}

export const codeOf = (...given: Parameters<typeof judge>): FailureCode | 'valid' => {
  const answer = judge(...given);
  return typeof answer === 'string' ? answer : 'valid';
};
