import { ENVELOPED } from '../../../../shared/secure/open.ts';
import type { MimeEntity } from '../../../../shared/secure/mime.ts';
import type { Rule } from './rule.ts';

/** UnsignedMessage otherwise. */
export const SIGNED: Rule<MimeEntity> = {
  id: 'signed',
  source: 'Java RI, DefaultNHINDAgent.processMessage',
  minds: ({ contentType: { value } }) =>
    value === 'multipart/signed' || ENVELOPED.includes(value)
      ? undefined
      : 'signature: what is inside is not signed',
};
