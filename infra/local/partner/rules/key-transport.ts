import type { ReadKeyTransport } from '../../../../shared/secure/cms/envelope/key-transport.ts';
import type { SeenEnvelope } from '../seen-envelope.ts';
import type { Rule } from './rule.ts';

const READ: readonly ReadKeyTransport[] = [
  'rsaes-pkcs1-v1_5',
  'rsaes-oaep-sha1',
  'rsaes-oaep-sha256',
  'rsaes-oaep-sha512',
];

/** Of those to us, the first counts. That nothing is to us is no matter of its form. */
export const KEY_TRANSPORT: Rule<SeenEnvelope> = {
  id: 'key-transport',
  source: 'Java RI 8.1, SMIMECryptographerImpl',
  minds: ({ transports: [first] }) =>
    first === undefined || READ.some((each) => each === first)
      ? undefined
      : 'form: the content key comes by a transport that is not read',
};
