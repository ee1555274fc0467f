import { headerOf, type MimeEntity } from '../../../../shared/secure/mime.ts';
import type { Rule } from './rule.ts';

/** Of whatever line length. */
export const ENVELOPED_BASE64: Rule<MimeEntity> = {
  id: 'enveloped-base64',
  source: 'Java RI, SMIMECryptographerImpl.decrypt',
  minds: (outer) =>
    headerOf(outer, 'content-transfer-encoding')?.trim().toLowerCase() === 'base64'
      ? undefined
      : 'form: the envelope is not in base64',
};
