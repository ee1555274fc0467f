export const inHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** A new Idempotency-Key; `randomUUID` is not there on pages without TLS. */
export const newKey = (): string => inHex(crypto.getRandomValues(new Uint8Array(16)));
