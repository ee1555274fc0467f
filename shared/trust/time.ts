import { NotDer, TAG, type Der } from './der.ts';

/** UTCTime of 13 characters or GeneralizedTime of 15, both to the second and in Z. @see RFC 5280 section 4.1.2.5 */
export function readTime({ tag, content }: Der): Date {
  const text = Buffer.from(content).toString('latin1');
  if (tag === TAG.utcTime && /^\d{12}Z$/.test(text)) {
    return instantOf(`${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}`);
  }
  if (tag === TAG.generalizedTime && /^\d{14}Z$/.test(text)) return instantOf(text);
  throw new NotDer('time');
}

function instantOf(digits: string): Date {
  const iso = digits.replace(/^(....)(..)(..)(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6.000Z');
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime()) || instant.toISOString() !== iso) throw new NotDer('time');
  return instant;
}
