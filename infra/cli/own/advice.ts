import type { Certificate } from '../../../shared/trust/certificate.ts';
import type { Finding, Hosting } from '../../../shared/trust/hosting.ts';
import type { PublishedAnswer } from '../../../shared/trust/published.ts';
import { inWords } from '../command.ts';

/** What stands at a place, in words. */
export const FINDINGS: Readonly<Record<Finding, string>> = {
  published: 'published',
  'not-there': 'not there',
  another: 'another certificate than this one',
  expired: 'a certificate out of its time',
  'wrong-name': 'a certificate of another name',
  unreadable: 'no certificate',
  unanswered: 'no answer',
};

/** What is to be done about a place that stops strangers, wherever in their order it comes. */
const REMEDIES: Readonly<Partial<Record<Finding, string>>> = {
  another: 'publish this certificate there instead, or remove what is there',
  expired: 'remove what is there: a search that meets it ends with it',
  'wrong-name': 'remove what is there: a search that meets it ends with it',
  unreadable: 'write the record anew, as `publish` prints it: a search that meets it ends with it',
  unanswered: 'bring the directory back: a search ends where nobody answers',
};

/** Everything that is to be done, most needed first. Nothing when all is well. */
export function adviceOn(answer: PublishedAnswer, ours: Certificate): readonly string[] {
  return [...adviceOnFinding(answer), ...adviceOnPlaces(answer), ...adviceOnTime(answer, ours)];
}

function adviceOnFinding({ stranger, isOurs }: PublishedAnswer): readonly string[] {
  if (!stranger.ok) {
    const { code } = stranger.failure;
    if (code === 'discover/no-certificate') {
      return ['Nobody finds a certificate: publish it, in DNS best. `transmit publish` prints what is needed.']; // prettier-ignore
    }
    const end = code.startsWith('discover/') ? 'Nobody finds it' : 'Nobody trusts what is found';
    return [`${end}. ${inWords(stranger.failure)}`];
  }
  return isOurs ? [] : ['Others encrypt to another certificate than this one.'];
}

/** Nothing at a place is no fault: one place is enough. */
const adviceOnPlaces = ({ hostings }: PublishedAnswer): readonly string[] =>
  hostings.flatMap(({ id, stage, finding }: Hosting) => {
    const remedy = REMEDIES[finding];
    return remedy === undefined ? [] : [`${id} (${stage}): ${remedy}.`];
  });

const adviceOnTime = ({ expiresSoon }: PublishedAnswer, { notAfter }: Certificate) =>
  expiresSoon
    ? [
        `It runs out at ${notAfter.toISOString()}: have a new one certified, see docs/identities.md.`,
      ]
    : [];
