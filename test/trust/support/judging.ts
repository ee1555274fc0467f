import { readCertificate, type Certificate } from '../../../shared/trust/certificate.ts';
import { judgePath, type JudgeOptions } from '../../../shared/trust/judge-path.ts';
import { STRICT } from '../../../shared/trust/rules.ts';
import { valueOf } from '../../secure/support/people.ts';
import { memoryCache } from '../../support/memory/cache.ts';
import { memoryFetch } from '../../support/memory/fetch.ts';
import {
  cachedKeys,
  issueQuickly,
  type Authority,
  type Issued,
  type IssueOptions,
} from '../../support/pki.ts';

export type Der = Pick<Issued, 'certificate'>;

export const START = new Date();
export const DAY_MS = 86_400_000;
export const urlOf = (name: string): string => `http://pki.example/${name}.cer`;

/** Small keys: they are made quickly, and the paths of a test have many. */
export const keysOf = (name: string) => cachedKeys(name, { ec: 'P-256' });

/** An authority under another one; the same name gives the same key. */
export const authority = async (issuer: Authority, name: string, options: IssueOptions = {}) =>
  issueQuickly(issuer, { ca: true, name, keys: await keysOf(name), ...options });

export const leafOf = async (issuer: Authority, options: IssueOptions = {}) =>
  issueQuickly(issuer, { domain: 'clinic.example', keys: await keysOf('leaf'), ...options });

export const read = ({ certificate }: Der): Certificate => valueOf(readCertificate(certificate));

/** The common names of a path. */
export const namesOf = (path: readonly Certificate[]): readonly string[] =>
  path.map(({ subject }) => /=([^"]*)"/.exec(subject.comparable)?.[1] ?? '');

export const refused = (code: string, detail?: string) => ({
  ok: false,
  failure: detail === undefined ? { code } : { code, detail },
});

/** Judges paths to one anchor, in a world of its own. */
export function judging(anchor: Der) {
  const net = memoryFetch();
  const clock = { now: START };
  const cache = memoryCache(() => clock.now);
  const judge = (leaf: Der, intermediates: readonly Der[], options: Partial<JudgeOptions> = {}) =>
    judgePath(read(leaf), {
      anchors: [read(anchor)],
      intermediates: intermediates.map(read),
      rules: STRICT,
      usages: [],
      now: clock.now,
      ...options,
    });
  return {
    net,
    cache,
    clock,
    /** The URLs that were asked, in order. */
    fetched: (): readonly string[] => net.asked.map(({ url }) => url),
    judge,
    /** The same; what may be fetched is what `net` has. */
    judgeOnline: (
      leaf: Der,
      intermediates: readonly Der[] = [],
      options: Partial<JudgeOptions> = {},
    ) =>
      judge(leaf, intermediates, {
        sources: { fetch: net.fetch, cache, within: AbortSignal.timeout(5000) },
        ...options,
      }),
  };
}
