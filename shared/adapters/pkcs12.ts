import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import type * as forgeModule from 'node-forge';
import { octetChunks, readBer, type Ber } from '../trust/cms/ber.ts';
import { TAG } from '../trust/cms/der.ts';
import type { Identity } from '../secure/keys.ts';

/** Why a file was not read, in words that quote nothing of it. */
export class Pkcs12Refused extends Error {}

const MAX_BYTES = 64 * 1024;
/** All of a file together: about four seconds, in which a function does nothing else. */
const MOST_ITERATIONS = 1_000_000;

type Forge = typeof forgeModule;
type Pfx = forgeModule.pkcs12.Pkcs12Pfx;
type Bag = forgeModule.pkcs12.Bag;

/**
 * Reads a PKCS #12 file (RFC 7292), its protection old (triple DES, RC2, SHA-1) or new (PBES2, SHA-2): the certificate
 * that belongs to the private key. Other certificates in it are passed over.
 *
 * @param password 1 to 128 characters of printable ASCII: for others programs differ in what they make of them
 * @throws Pkcs12Refused
 */
export async function readPkcs12(bytes: Uint8Array, password: string): Promise<Identity> {
  if (bytes.length > MAX_BYTES) throw new Pkcs12Refused('the file is larger than 64 kB');
  if (!/^[\x20-\x7e]{1,128}$/.test(password)) {
    throw new Pkcs12Refused('the password is not 1 to 128 characters of printable ASCII');
  }
  const [, , mac] = readBer(bytes)?.children ?? [];
  // The MAC is checked before anything is decrypted: what is inside was written by one who has the password.
  if (!mac) throw new Pkcs12Refused('this is no PKCS #12 file with a MAC');
  if (iterationsIn(bytes) > MOST_ITERATIONS) {
    throw new Pkcs12Refused('its protection takes more than 1,000,000 iterations');
  }
  const { default: forge } = await import('node-forge');
  return pairIn(opened(forge, bytes, password), forge);
}

const DEEPEST = 8;

/** How often all that is seen without the password wants a hash repeated: the number that follows each salt. */
function iterationsIn(octets: Uint8Array, depth = DEEPEST): number {
  const value = depth > 0 ? readBer(octets) : undefined;
  return value ? iterationsOf(value, depth) : 0;
}

function iterationsOf(value: Ber, depth: number): number {
  if (isOctets(value)) return iterationsIn(Buffer.concat(octetChunks(value) ?? []), depth - 1);
  return value.children.reduce((sum, child, index) => {
    const before = value.children[index - 1];
    const counts = child.tag === TAG.integer && before !== undefined && isOctets(before);
    return sum + (counts ? numberOf(child) : iterationsOf(child, depth));
  }, 0);
}

/** In one piece or in many. */
const isOctets = ({ tag }: Ber): boolean => (tag & 0xdf) === TAG.octetString;

const numberOf = ({ content }: Ber): number => content.reduce((sum, octet) => sum * 256 + octet, 0);

function opened(forge: Forge, bytes: Uint8Array, password: string): Pfx {
  try {
    const file = forge.asn1.fromDer(Buffer.from(bytes).toString('latin1'));
    return forge.pkcs12.pkcs12FromAsn1(file, password);
  } catch (error) {
    throw new Pkcs12Refused(
      error instanceof Error && error.message.includes('MAC could not be verified')
        ? 'the password is not that of the file'
        : 'this is no PKCS #12 file that can be read',
    );
  }
}

function pairIn({ safeContents }: Pfx, forge: Forge): Identity {
  const bags = safeContents.flatMap(({ safeBags }) => safeBags);
  const certificates = bags.flatMap((bag) => certificateIn(bag, forge));
  for (const privateKey of bags.flatMap((bag) => keyIn(bag, forge))) {
    const found = certificates.find((each) => each.checkPrivateKey(privateKey));
    if (found) return { certificate: Uint8Array.from(found.raw), privateKey };
  }
  throw new Pkcs12Refused('it holds no private key together with its certificate');
}

type Asn1 = Parameters<Forge['asn1']['toDer']>[0];

const derOf = (value: Asn1, forge: Forge): Buffer =>
  Buffer.from(forge.asn1.toDer(value).getBytes(), 'latin1');

/** What the library knows nothing of, it hands on as it stands: an elliptic curve, for one. */
function certificateIn({ type, cert, asn1 }: Bag, forge: Forge): readonly X509Certificate[] {
  if (type !== forge.pki.oids['certBag']) return [];
  const value = cert ? forge.pki.certificateToAsn1(cert) : asn1;
  return legible(() => new X509Certificate(derOf(value, forge)));
}

function keyIn({ type, key, asn1 }: Bag, forge: Forge): readonly KeyObject[] {
  const { pkcs8ShroudedKeyBag, keyBag } = forge.pki.oids;
  if (type !== pkcs8ShroudedKeyBag && type !== keyBag) return [];
  return legible(() =>
    key
      ? createPrivateKey({
          key: derOf(forge.pki.privateKeyToAsn1(key), forge),
          format: 'der',
          type: 'pkcs1',
        })
      : createPrivateKey({ key: derOf(asn1, forge), format: 'der', type: 'pkcs8' }),
  );
}

/** One that cannot be read does not spoil the others. */
function legible<T>(read: () => T): readonly T[] {
  try {
    return [read()];
  } catch {
    return [];
  }
}
