/** However lines end: CRLF, LF, CR, and the CR CR LF that a careless gateway makes of CRLF. */
export const LINE_END = /\r\r?\n|\r|\n/;
