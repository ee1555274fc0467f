import type { Certificate } from './certificate.ts';
import { newSearch, type SearchOptions } from './path/search.ts';
import { validPaths } from './path/valid-paths.ts';
import { STRICT, type TrustRules } from './rules.ts';

/**
 * Finds the authorities that may sign revocation lists under an anchor: those that lead to it on a valid path themselves.
 * What a caller demands of policies and usages is asked of the certificate that is judged, and not of them.
 *
 * @param anchor of the path of the certificate that is judged
 * @returns for the comparable form of a subject
 * @see RFC 5280 section 6.3.3 (f)
 */
export function crlIssuersUnder(
  anchor: Certificate,
  options: SearchOptions,
): (comparable: string) => readonly Certificate[] {
  const known = new Map<string, readonly Certificate[]>();
  const search = newSearch({
    ...options,
    anchors: [anchor],
    candidates: [...options.anchors, ...options.candidates],
    rules: withoutDemands(options.rules),
    usages: [],
  });
  return (comparable) => {
    const issuers =
      known.get(comparable) ??
      (search.bySubject.get(comparable) ?? []).filter((each) => leads(each, search));
    known.set(comparable, issuers);
    return issuers;
  };
}

const leads = (certificate: Certificate, search: ReturnType<typeof newSearch>): boolean =>
  validPaths(certificate, search).next().done === false;

const withoutDemands = ({ maxDepth, minimumRsaBits, allowSha1 }: TrustRules): TrustRules => ({
  ...STRICT,
  maxDepth,
  minimumRsaBits,
  allowSha1,
});
