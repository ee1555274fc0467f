const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const HOST = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`, 'i');
/** As it occurs in certificates: with underscores, which no host may have. */
const LOOSE_HOST = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/i;
const IPV4 = /^(?:[0-9]{1,3}\.){3}[0-9]{1,3}$/;

/**
 * Whether a text is the name of a host and not an address.
 *
 * @see RFC 5280 section 4.2.1.6 (preferred name syntax)
 */
export const isHostName = (text: string): boolean =>
  text.length <= 253 && HOST.test(text) && !IPV4.test(text);

/** Whether a text can be divided into labels and so lies within a domain or not. */
export const hasLabels = (text: string): boolean => text.length <= 253 && LOOSE_HOST.test(text);
