/** Why what was typed is no address; each has a text of its own. */
type AddressFault = 'empty' | 'hidden' | 'long' | 'noAt' | 'bad';

export type ReadAddress =
  | { readonly ok: false; readonly fault: AddressFault }
  | {
      readonly ok: true;
      readonly address: string;
      /** The domain, when its letters may pass for others: as it was typed, and as it is written in ASCII. */
      readonly lookAlike?: string;
    };

/** What nobody sees, and what turns the direction of text around; blanks and ends of lines are taken out instead. */
const HIDDEN = /(?!\s)\p{C}|\p{DI}/u;
const WORD = String.raw`[\w!#$%&'*+/=?^\x60{|}~-]+`;
const LABEL = String.raw`[a-z\d]([a-z\d-]{0,61}[a-z\d])?`;
const LOCAL_PART = new RegExp(String.raw`^${WORD}(\.${WORD})*$`);
const DOMAIN = new RegExp(String.raw`^${LABEL}(\.${LABEL})+$`);
/** Names in other letters, and nothing that means more than a name in a URL. */
const FOREIGN_DOMAIN = /^(?=.*[^!-~])[\p{L}\p{M}\p{N}.-]+$/u;

/** Reads what somebody typed or pasted where an address belongs: with blanks, with a name before it, as a link. */
export function readAddress(typed: string): ReadAddress {
  if (HIDDEN.test(typed)) return { ok: false, fault: 'hidden' };
  const bare = typed
    .replace(/^.*<([^<>]*)>\s*$/s, '$1')
    .replaceAll(/\s/g, '')
    .replace(/^mailto:([^?]*).*/i, '$1');
  const at = bare.lastIndexOf('@');
  if (bare === '') return { ok: false, fault: 'empty' };
  if (bare.length > 254 || at > 64) return { ok: false, fault: 'long' };
  if (at < 0) return { ok: false, fault: 'noAt' };
  const [local, named] = [bare.slice(0, at), bare.slice(at + 1)];
  const domain = inAscii(named);
  const address = `${local}@${domain}`;
  if (!LOCAL_PART.test(local) || !DOMAIN.test(domain)) return { ok: false, fault: 'bad' };
  if (address.length > 254) return { ok: false, fault: 'long' };
  const isForeign = FOREIGN_DOMAIN.test(named);
  if (!isForeign && !/(^|\.)xn--/.test(domain)) return { ok: true, address };
  return { ok: true, address, lookAlike: isForeign ? `${named} = ${domain}` : domain };
}

/** In lower case, as it is looked up; what is no name stays none, and is refused. */
function inAscii(named: string): string {
  const url = `http://${named}`;
  if (!FOREIGN_DOMAIN.test(named)) return named.toLowerCase();
  return URL.canParse(url) ? new URL(url).hostname : '';
}
