/**
 * By which way a mail came to us. `open`: anybody could have written it. `hisp`: from the HISP that copies are handed over
 * to, which said who it is.
 */
export type Channel = 'open' | 'hisp';

/** The folders of the mail bucket: what SES took in, what was posted or fetched, and what a HISP gave us. */
export const MAIL_FOLDERS = { received: 'received/', posted: 'posted/', hisp: 'hisp/' } as const;

/** Beside them: letters that staff may read. Nobody is told of what is put there. */
export const KEPT_FOLDER = 'kept/';

/** Of a mail by the key under which it lies. */
export const channelOf = (key: string): Channel =>
  key.startsWith(MAIL_FOLDERS.hisp) ? 'hisp' : 'open';
