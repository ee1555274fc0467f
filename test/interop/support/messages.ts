import { randomBytes } from 'node:crypto';
import { innerMessage } from '../../../shared/secure/inner-message.ts';
import { secureMessage } from '../../../shared/secure/secure.ts';
import { draft, person } from '../../secure/support/people.ts';
import { cachedAuthority, type Issued } from '../../support/pki.ts';
import { bytesOf } from '../../secure/support/bytes-of.ts';

export interface People {
  readonly anchor: Issued;
  readonly sender: Issued;
  readonly readers: readonly [Issued, Issued];
}

export const people = async (): Promise<People> => ({
  anchor: await cachedAuthority(),
  sender: await person('sender'),
  readers: [await person('green'), await person('blue')],
});

/** A message as it leaves, signed now: NSS looks at certificates as they were at the signing time. */
export async function secured(sender: Issued, readers: readonly Issued[], zipBytes = 1_000) {
  const sent = { ...draft, date: new Date(), zip: randomBytes(zipBytes) };
  const certificates = readers.map(({ certificate }) => certificate);
  const header = Buffer.from('Content-Type: message/rfc822\r\n\r\n');
  return {
    message: (await secureMessage(sent, sender, certificates)).bytes,
    signedContent: Buffer.concat([header, bytesOf(innerMessage(sent))]),
  };
}
