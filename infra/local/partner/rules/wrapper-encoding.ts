import { headerOf, type MimeEntity } from '../../../../shared/secure/mime.ts';
import type { Rule } from './rule.ts';

/** What both read: the Java one decodes quoted-printable alone, the .NET one gives up on 8bit and binary. */
const READ: readonly string[] = ['', '7bit', 'quoted-printable'];

export const WRAPPER_ENCODING: Rule<MimeEntity> = {
  id: 'wrapper-encoding',
  source: 'Java RI, WrappedMessage; .NET RI, WrappedMessage.cs',
  minds: (wrapper) =>
    READ.includes(headerOf(wrapper, 'content-transfer-encoding')?.trim().toLowerCase() ?? '')
      ? undefined
      : 'form: the wrapper has a transfer encoding that is not read',
};
