import type { Certificate } from '../certificate.ts';
import { isOfIssuer, judgeCrl, verdictOf, type JudgedCrl } from './crl-judgement.ts';
import { readCrl, MAX_CRL_BYTES, type Crl } from './crl.ts';
import type { Decision, Question } from './decision.ts';
import { obtain, type Fetching } from './fetching.ts';
import { ocspRequestFor } from './ocsp-request.ts';
import { MAX_RESPONSE_BYTES, readOcspResponse } from './ocsp-response.ts';
import { statusByOcsp } from './ocsp-status.ts';
import { together, unknown, type Status } from './status.ts';

const MAX_CRL_URLS = 3;
const MAX_OCSP_URLS = 2;
/** A responder that is silent must not take the time in which a list could be fetched. */
const DEADLINE_MS = { ocsp: 3000, crl: 8000 };

/**
 * Finds out whether a certificate was revoked: from what was given, then from its OCSP responders, whose answers are
 * small and young, then from its lists. What answers first ends the search; what was given is heard wholly, and there
 * a list or an answer that says revoked outweighs all others.
 */
export async function statusOf(question: Question, decision: Decision): Promise<Status> {
  const crls: JudgedCrl[] = [];
  for (const crl of decision.evidence.crls.filter((each) => isOfIssuer(each, question))) {
    crls.push(await judgeCrl(crl, question, decision));
  }
  const statuses: Status[] = [unknown(doubtWithoutSource(question.certificate, decision))];
  for (const response of decision.evidence.ocsp) {
    const status = await statusByOcsp(response, question, decision);
    if (status) statuses.push(status);
  }
  const given = together([...statuses, verdictOf(crls, question.certificate)]);
  const { fetching } = decision;
  if (given.kind !== 'unknown' || !fetching) return given;
  const answered = await askResponders(question, decision, fetching);
  if (answered.some(({ kind }) => kind !== 'unknown')) return together(answered);
  return fetchLists(question, decision, fetching, crls, [...statuses, ...answered]);
}

async function askResponders(
  question: Question,
  decision: Decision,
  fetching: Fetching,
): Promise<readonly Status[]> {
  const { certificate, issuer } = question;
  const urls = overHttp(certificate.ocspResponders).slice(0, MAX_OCSP_URLS);
  if (urls.length === 0) return [];
  const bytes = ocspRequestFor(certificate, issuer);
  const statuses: Status[] = [];
  for (const url of urls) {
    const obtained = await obtain(fetching, {
      key: { kind: 'ocsp', name: `${url} ${Buffer.from(bytes).toString('base64')}` },
      request: {
        url,
        accept: 'application/ocsp-response',
        body: { type: 'application/ocsp-request', bytes },
        maxBytes: MAX_RESPONSE_BYTES,
      },
      deadlineMs: DEADLINE_MS.ocsp,
      read: readOcspResponse,
      judge: async (response) =>
        (await statusByOcsp(response, question, decision)) ?? unknown('out-of-scope'),
      isUsable: ({ kind }) => kind !== 'unknown',
      until: ({ answers }) => earliest(answers.map(({ nextUpdate }) => nextUpdate)),
    });
    const status = 'why' in obtained ? unknown(obtained.why) : obtained.judged;
    statuses.push(status);
    if (status.kind !== 'unknown') break;
  }
  return statuses;
}

/** @param crls those that were given; together with those that are fetched they may say more than each */
async function fetchLists(
  question: Question,
  decision: Decision,
  fetching: Fetching,
  crls: JudgedCrl[],
  statuses: Status[],
): Promise<Status> {
  const verdict = (): Status => verdictOf(crls, question.certificate);
  for (const url of listUrls(question.certificate)) {
    const obtained = await obtain<Crl, JudgedCrl>(fetching, {
      key: { kind: 'crl', name: url },
      request: { url, accept: 'application/pkix-crl', maxBytes: MAX_CRL_BYTES },
      deadlineMs: DEADLINE_MS.crl,
      read: decision.readCrl ?? readCrl,
      judge: async (crl) =>
        isOfIssuer(crl, question)
          ? judgeCrl(crl, question, decision)
          : { crl, kind: 'doubt', why: 'out-of-scope' },
      isUsable: ({ kind }) => kind === 'usable',
      until: ({ nextUpdate }) => nextUpdate,
    });
    if ('why' in obtained) statuses.push(unknown(obtained.why));
    else crls.push(obtained.judged);
    if (verdict().kind !== 'unknown') break;
  }
  return together([...statuses, verdict()]);
}

/** Lists that somebody else signs are not asked for. */
const listUrls = ({ crlDistributionPoints }: Certificate): readonly string[] =>
  [
    ...new Set(
      overHttp(crlDistributionPoints.flatMap(({ crlIssuer, urls }) => (crlIssuer ? [] : urls))),
    ),
  ].slice(0, MAX_CRL_URLS);

const overHttp = (urls: readonly string[]): readonly string[] =>
  urls.filter((url) => /^https?:/i.test(url));

function doubtWithoutSource(
  certificate: Certificate,
  { fetching }: Decision,
): 'no-source' | 'not-asked' | 'unsupported' {
  const { crlDistributionPoints, ocspResponders } = certificate;
  if (crlDistributionPoints.length === 0 && ocspResponders.length === 0) return 'no-source';
  if (!fetching) return 'not-asked';
  const urls = [...listUrls(certificate), ...overHttp(ocspResponders)];
  return urls.length === 0 ? 'unsupported' : 'no-source';
}

/** Undefined when one of them has none. */
function earliest(times: readonly (Date | undefined)[]): Date | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === times.length ? known.toSorted((a, b) => +a - +b)[0] : undefined;
}
