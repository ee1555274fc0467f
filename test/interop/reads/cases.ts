import { ENCRYPTION } from './encryption.ts';
import { MAIL_FORM } from './mail-form.ts';
import type { OpensslCase } from './openssl-kit.ts';
import { SIGNATURES } from './signatures.ts';

/** What others may send, made with openssl: by what it is about. */
export const OPENSSL_CASES: Readonly<Record<string, readonly OpensslCase[]>> = {
  Encryption: ENCRYPTION,
  Signature: SIGNATURES,
  Mail: MAIL_FORM,
};
