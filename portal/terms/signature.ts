/** As the API has it: no characters that nobody sees, but for the joiners that some scripts need. */
const NAME = /^(?:[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|[\u200c\u200d])+$/u;
const MAX_LENGTH = 200;

/** The name that was typed to sign with; nothing where it is none that the API takes. */
export function signatureIn(typed: string): string | undefined {
  const name = typed.trim();
  return NAME.test(name) && name.length <= MAX_LENGTH ? name : undefined;
}
