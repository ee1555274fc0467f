import type { OrdinaryMail } from '../reading.ts';
import { withoutComments, type Block } from './mail/field-blocks.ts';
import type { Mail } from './mail/mail.ts';
import { idsIn, idsOfReturned, namesOf, oddOf } from './names.ts';

/** A mail that is no notice. */
export function ordinaryMail(mail: Mail): OrdinaryMail {
  const ids = [
    ...idsIn(mail.header.get('in-reply-to')),
    ...idsOfReturned(mail),
    ...idsIn(mail.header.get('references')),
  ];
  const isReply = mail.type !== 'multipart/report' && isAutomatic(mail.header);
  return { kind: isReply ? 'auto-reply' : 'message', names: namesOf(ids), asWritten: oddOf(ids) };
}

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
