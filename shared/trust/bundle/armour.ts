const ARMOUR = /-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\s]+)-----END \1-----/;
const SEQUENCE = 0x30;

/**
 * The bytes inside PEM armour, of whatever name; bytes that begin as BER does are given back as they are.
 *
 * @returns undefined when they are neither
 */
export function withoutArmour(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] === SEQUENCE) return bytes;
  const [, , base64] = ARMOUR.exec(Buffer.from(bytes).toString('latin1')) ?? [];
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
}
