import { join } from 'node:path';
import type { Program } from './child.ts';

/** Two whole processes for every message, one of which feeds the other: on two cores they run side by side. */
const SIGN_AND_ENCRYPT =
  'openssl cms -sign -binary -crlfeol -md sha256 -in "$1" -signer "$2/sender.crt" -inkey "$2/sender.key" |' +
  ' openssl cms -encrypt -binary -aes-256-cbc -out "$3" "$2/recipient.crt"';

/** Signs and encrypts the entity of a case by openssl's command line. @param out the file that the message goes to */
export const opensslProgram = (folder: string, out: string): Program => ({
  command: 'sh',
  args: ['-c', SIGN_AND_ENCRYPT, 'sh', join(folder, 'entity.eml'), join(folder, '../keys'), out],
});
