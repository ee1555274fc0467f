import type { Locator } from 'playwright-core';
import { en } from '../../../portal/words/en.ts';
import type { Opened, Opening } from './opened.ts';
import type { Portal } from './portal.ts';
import { truthOf } from './truth.ts';
import { patientUser } from './users.ts';
import { patientWalk, toChoose } from './walk.ts';

/** Of the partner, in the data holder's own list of places. */
export const LOPEZ = 'dr.lopez@direct.example.net';
export const HEART = 'intake@direct.example.net';

export const words = en.choose;

/** A patient of one test alone, with the terms signed and the fields on the screen. */
export const chooser =
  (portal: () => Portal) =>
  async (opening: Partial<Opening> = {}) => {
    const patient = await portal().patient();
    const user = patientUser(patient);
    const opened = await portal().open({ user, ...opening });
    await toChoose(opened, en);
    const truth = truthOf(await portal().apiAs(user), patient);
    return { ...opened, ...patientWalk(opened, en), truth };
  };

export const shared = ({ page }: Pick<Opened, 'page'>): Promise<void> =>
  page.getByRole('heading', { name: en.copies.heading }).waitFor();

/** @param nth from 1 */
export const addressField = ({ page }: Pick<Opened, 'page'>, nth = 1): Locator =>
  page.getByLabel(nth === 1 ? words.address : `${words.address} ${nth}`, { exact: true });

/** Waits for it: the focus moves after what is shown. */
export const hasFocus = (field: Locator): Promise<void> =>
  field.and(field.page().locator(':focus')).waitFor();

const isWrong = '[aria-invalid=true]';

/** Waits until a field stands there as wrong. @returns what is read with it */
export async function wrongIn(field: Locator): Promise<string> {
  await field.and(field.page().locator(isWrong)).waitFor();
  return field.evaluate((input) => {
    const root = input.getRootNode() as ShadowRoot;
    const ids = input.getAttribute('aria-describedby')?.split(' ') ?? [];
    return ids.map((id) => root.getElementById(id)?.textContent).join(' ');
  });
}

/** The same of the one that stopped Share: it has the focus. */
export async function stoppedAt(field: Locator): Promise<string> {
  await hasFocus(field);
  return wrongIn(field);
}
