import { list } from '../../bench/report/table.ts';
import { NOT_ABOUT_US } from '../ett/xdr/not-applicable.ts';
import { ETT_CASES, ETT_XDR_CASES } from '../support/ett.ts';
import { toldTable } from './told-section.ts';

/** What comes of the cases of the certification tool, and which are not about us. */
export async function ettSection(): Promise<string> {
  const cases = [...ETT_CASES, ...ETT_XDR_CASES];
  return [
    await toldTable(['case', 'what comes of it'], cases, ({ id, about }) => `${id}: ${about}`),
    'Not about us:',
    list(Object.entries(NOT_ABOUT_US).map(([id, why]) => `${id}: ${why}`)),
  ].join('\n\n');
}
