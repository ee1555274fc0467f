import { escapeXml } from '../../../../shared/package/xml.ts';
import { htmlPage } from '../html-page.ts';
import type { Asked } from './asked.ts';
import { SAMPLE_USERS } from './sample-users.ts';

/** Where somebody who comes from a page of this machine chooses which of the sample users to be; plain HTML, without a script. */
export const signInPage = (asked: Asked): string =>
  htmlPage(
    'Sign in (sample users)',
    `<p>This sign-in is for this machine only: nobody here exists, and nobody is asked for a password.</p>
${Object.entries(SAMPLE_USERS)
  .map(([user, { label }]) => button(asked, user, label))
  .join('\n')}
${button(asked, '', 'Do not sign in')}`,
  );

/** What was asked goes along, and is read again when the form comes. */
const button = (asked: Asked, user: string, label: string): string => {
  const inputs = [...Object.entries(asked), ['user', user]].flatMap(([name, value]) =>
    value === undefined ? [] : [`<input type="hidden" name="${name}" value="${escapeXml(value)}">`],
  );
  return `<form method="post" action="/authorize">${inputs.join('')}<button>${escapeXml(label)}</button></form>`;
};

/** When it is not known where to go back to. */
export const nowherePage = (): string =>
  htmlPage(
    'Not from here',
    '<p>What brought you here is not a question that this sign-in answers. It takes people back to pages of this machine only.</p>',
  );
