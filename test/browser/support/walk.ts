import type { Words } from '../../../portal/words/words.ts';
import type { Opened } from './opened.ts';

/** What patients do on the screens, in the words of either language. */
export const patientWalk = ({ press, fill }: Opened, { home, terms, choose }: Words) => ({
  toTerms: () => press(home.share),
  agree: async (name = 'Ana Rivera') => {
    await fill(terms.name, name);
    await press(terms.agree);
  },
  /** The first of the places found that is called so. */
  find: async (sought: string, place: RegExp) => {
    await fill(choose.find, sought);
    await press(place);
  },
  /** @param nth of the address fields, from 1 */
  address: (address: string, nth = 1) =>
    fill(nth === 1 ? choose.address : `${choose.address} ${nth}`, address),
  another: () => press(choose.another),
  share: () => press(choose.share),
});

/** To where a patient chooses places, signed. */
export async function toChoose(opened: Opened, words: Words): Promise<void> {
  const walk = patientWalk(opened, words);
  await walk.toTerms();
  await walk.agree();
  await opened.page.getByRole('heading', { name: words.choose.title }).waitFor();
}
