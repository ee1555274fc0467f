import { changed as changedIn, ownSoap, plain } from '../requests.ts';
import { refusedAs, type RefusedRequest } from './refused-request.ts';

const SOAP = ownSoap();
const changed = (from: string | RegExp, to: string): string => changedIn(SOAP, from, to);
const [from, to] = ['<direct:from>', '<direct:to>'].map((tag) => new RegExp(`${tag}[^<]*`));

/** Nobody, or nobody certain, from whom or to whom. */
export const BAD_ADDRESSING: readonly RefusedRequest[] = refusedAs(
  'package/bad-addressing',
  plain,
  [
    ['a recipient that is no address', changed(to!, '<direct:to>directTo')],
    ['a recipient under another scheme', changed(to!, '<direct:to>https://a@b.example')],
    ['a recipient with a subject', changed(to!, '<direct:to>mailto:a@b.example?subject=c')],
    ['a sender that is no address', changed(from!, '<direct:from>mailto:')],
    ['two senders', changed('<direct:to>', '<direct:from>a@b.example</direct:from><direct:to>')],
    [
      'two address blocks',
      changed(
        '<direct:addressBlock',
        '<direct:addressBlock xmlns:direct="urn:direct:addressing"/><direct:addressBlock',
      ),
    ],
    [
      'nobody',
      changed(/<direct:addressBlock[^]*<\/direct:addressBlock>/, '').replace(
        /<Slot name="intendedRecipient">.*<\/Slot>/,
        '',
      ),
    ],
  ],
);
