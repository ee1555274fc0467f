import type { OrdinaryMail } from '../reading.ts';
import { withoutComments, type Block } from './field-blocks.ts';
import type { Mail } from './mail.ts';
import { distinct, namesIn, namesOfReturned } from './names.ts';

/** A mail that is no notice. */
export const ordinaryMail = (mail: Mail): OrdinaryMail => ({
  kind: mail.type !== 'multipart/report' && isAutomatic(mail.header) ? 'auto-reply' : 'message',
  names: distinct([
    ...namesIn(mail.header.get('in-reply-to')),
    ...namesOfReturned(mail),
    ...namesIn(mail.header.get('references')),
  ]),
});

/** RFC 3834 section 5, and what was in use before it. `bulk` says too little: lists write it too. */
export function isAutomatic(header: Block): boolean {
  const submitted = withoutComments(header.get('auto-submitted') ?? 'no').toLowerCase();
  const precedence = header.get('precedence')?.toLowerCase() ?? '';
  return (
    !/^(?:no)?(?:;|$)/.test(submitted) ||
    ['auto_reply', 'auto-reply', 'junk'].includes(precedence) ||
    ['x-autoreply', 'x-autorespond', 'x-autoresponder'].some((name) => header.has(name))
  );
}
