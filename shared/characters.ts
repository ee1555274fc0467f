/**
 * Which characters text from outside may hold where it is kept word for word. Each is a whole-string pattern, so what
 * passes can neither break a line of a header nor turn the direction of what stands around it.
 */

/** Printable ASCII with blanks: references of other systems. */
export const PRINTABLE = /^[\x20-\x7e]+$/;

/** Names of people in any script: no controls, no line separators, no bidirectional overrides. */
export const PERSONAL_NAME = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+$/u;
