import type { MimeEntity } from '../../../../shared/secure/mime.ts';
import type { Rule } from './rule.ts';

/** The older name of the type is known to its helpers and not to what decrypts. */
export const ENVELOPED_TYPE: Rule<MimeEntity> = {
  id: 'enveloped-type',
  source: 'Java RI, SMIMECryptographerImpl.decrypt',
  minds: ({ contentType }) =>
    contentType.value === 'application/pkcs7-mime' ? undefined : 'form: not application/pkcs7-mime',
};
