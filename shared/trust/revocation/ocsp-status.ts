import { namesIssuer } from './certificate-id.ts';
import type { Decision, Question } from './decision.ts';
import type { OcspAnswer, OcspResponse } from './ocsp-response.ts';
import { doubtOfResponder } from './ocsp-signer.ts';
import { doubtOfAlgorithm } from './signed.ts';
import { GOOD, REVOKED, together, unknown, type Status } from './status.ts';
import { doubtOfOcspWindow } from './window.ts';

/**
 * What an OCSP response says of a certificate, as far as it may say anything. Of several answers about it in one
 * response one that says revoked outweighs the others.
 *
 * @returns undefined when it speaks of other certificates only
 * @see RFC 6960 section 3.2
 */
export async function statusByOcsp(
  response: OcspResponse,
  question: Question,
  decision: Decision,
): Promise<Status | undefined> {
  const { certificate, issuer } = question;
  const about = response.answers.filter(({ id }) => id.serial === certificate.serial);
  if (about.length === 0) return undefined;
  const weak = doubtOfAlgorithm(response, decision);
  if (weak) return unknown(weak);
  const meant = about.filter(({ id }) => namesIssuer(id, certificate, issuer));
  if (meant.length === 0) return unknown('out-of-scope');
  if (!response.isUnderstood) return unknown('unsupported');
  const doubt = await doubtOfResponder(response, question, decision);
  return doubt ? unknown(doubt) : together(meant.map((answer) => statusOf(answer, decision.now)));
}

function statusOf(answer: OcspAnswer, now: Date): Status {
  const doubt = doubtOfOcspWindow(answer, now) ?? (answer.isUnderstood ? undefined : 'unsupported');
  if (doubt) return unknown(doubt);
  if (answer.status === 'not-known') return unknown('not-known');
  return answer.status === 'good' ? GOOD : REVOKED;
}
