import { escapeXml } from '../../../shared/package/xml.ts';
import type { SamplePatient } from '../sample/record.ts';
import { htmlPage } from './html-page.ts';
import type { SignInName, TokenRequest } from './token-request.ts';

export interface Given {
  readonly user: TokenRequest;
  readonly token: string;
}

/** Where somebody chooses which of the sample users to be, and copies a token; plain HTML, without a script. */
export const loginPage = (
  patients: Readonly<Record<string, SamplePatient>>,
  given?: Given,
): string =>
  htmlPage(
    'Who are you? (local token issuer)',
    `<p>This issuer is for this machine only: it believes whatever you say. A token is valid for an hour.</p>
${given ? tokenOf(given) : ''}
${Object.values(patients).map(patientButton).join('\n')}
${Object.values(patients).slice(0, 1).map(otherWays).join('\n')}
${button({ kind: 'provider' }, 'A provider, who may act for any patient')}
${button({ kind: 'system' }, 'The EHR, which registers patients and reports events')}
${button({ kind: 'admin' }, 'An operator, who is shown how addresses were looked up')}`,
  );

const tokenOf = ({ user, token }: Given): string => `<section>
<h2><label for="token">Token of ${escapeXml(user.patient ?? user.kind)}</label></h2>
<textarea id="token" rows="8" readonly>${escapeXml(token)}</textarea>
<p>Send it as <code>Authorization: Bearer …</code>.</p>
</section>`;

const patientButton = ({ id, name }: SamplePatient): string =>
  button({ kind: 'patient', patient: id }, `${name.given.join(' ')} ${name.family}, patient ${id}`);

/** In which else a token may speak of a patient: for another person, or of a sign-in that settings may not think enough. */
const otherWays = ({ id, name }: SamplePatient): string => {
  const who = `${name.given.join(' ')} ${name.family}`;
  const signIn = (sign: SignInName, how: string): string =>
    button({ kind: 'patient', patient: id, sign_in: sign }, `${who}, who signed in ${how}`);
  return [
    button(
      { kind: 'representative', patient: id, relationship: 'parent' },
      `A parent of ${who}, who may act for that patient`,
    ),
    signIn('weak', 'with a password alone'),
    signIn('stale', 'a day ago'),
    signIn('stepped-up', 'just now, with a key that is a thing'),
  ].join('\n');
};

/** The fields are those that the token endpoint reads. */
const button = (fields: Readonly<Record<string, string>>, label: string): string => {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeXml(value)}">`,
  );
  return `<form method="post" action="/">${inputs.join('')}<button>${escapeXml(label)}</button></form>`;
};
