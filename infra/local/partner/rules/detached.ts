import { ENVELOPED } from '../../../../shared/secure/open.ts';
import type { MimeEntity } from '../../../../shared/secure/mime.ts';
import type { Rule } from './rule.ts';

/** The .NET one reads a signature around the content; this one does not. */
export const DETACHED: Rule<MimeEntity> = {
  id: 'detached',
  source: 'Java RI, DefaultNHINDAgent.processMessage',
  minds: ({ contentType: { value } }) =>
    ENVELOPED.includes(value)
      ? 'signature: it is around the content instead of beside it'
      : undefined,
};
