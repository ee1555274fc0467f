import type { MimeEntity } from '../../../../shared/secure/mime.ts';
import type { Rule } from './rule.ts';

/** The Java one still takes the older form, of which no signature covers the header; a strict receiver does not. */
export const WRAPPED: Rule<MimeEntity> = {
  id: 'wrapped',
  source: 'ANSI/DS 2019-01-100-2021; Java RI, WrappedMessage',
  minds: ({ contentType }) =>
    contentType.value === 'message/rfc822' ? undefined : 'form: the message is not wrapped',
};
