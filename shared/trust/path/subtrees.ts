import type { DistinguishedName } from '../certificate-name.ts';
import type { GeneralName } from '../general-name.ts';
import { hasLabels } from '../host-name.ts';

/**
 * How a name lies to a subtree. `unclear` when one of the two is not well formed, or when a part of what the name stands
 * for lies within: such a name is neither permitted nor spared an exclusion.
 */
export type Relation = 'inside' | 'outside' | 'unclear';

type Of<Kind extends GeneralName['kind']> = Extract<GeneralName, { kind: Kind }>;

/**
 * How a name lies to the subtree of a base of the same kind.
 *
 * @see RFC 5280 section 4.2.1.10
 */
export function relationOf(base: GeneralName, name: GeneralName): Relation {
  if (base.kind === 'dns' && name.kind === 'dns') return relationOfDns(base.text, name.text);
  if (base.kind === 'email' && name.kind === 'email') return relationOfEmail(base.text, name.text);
  if (base.kind === 'uri' && name.kind === 'uri') return relationOfUri(base.text, name.text);
  if (base.kind === 'ip' && name.kind === 'ip') return relationOfIp(base, name);
  if (base.kind === 'directory' && name.kind === 'directory') {
    return relationOfDirectory(base.name, name.name);
  }
  return 'unclear';
}

const inside = (is: boolean): Relation => (is ? 'inside' : 'outside');

/** A wildcard stands for all names with one more label, so an exclusion of one of them touches it. */
function relationOfDns(base: string, name: string): Relation {
  const isWildcard = name.startsWith('*.');
  const host = (isWildcard ? name.slice(2) : name).toLowerCase();
  const top = base.toLowerCase();
  if (!hasLabels(host)) return 'unclear';
  if (top === '') return 'inside';
  if (!hasLabels(top)) return 'unclear';
  const isTouched = isWildcard && top.endsWith(`.${host}`) && !labelAbove(top, host).includes('.');
  return isTouched ? 'unclear' : inside(host === top || host.endsWith(`.${top}`));
}

const labelAbove = (host: string, domain: string): string => host.slice(0, -domain.length - 1);

/** Local parts of printable ASCII without quotes: what is written in another way may be read in two. */
const MAILBOX = /^([a-z0-9!#$%&'*+/=?^_`{|}~.-]+)@([^@]+)$/i;

/** Case counts in local parts; who ignores it must not be led around an exclusion, though. */
function relationOfEmail(base: string, name: string): Relation {
  const [, local = '', host = ''] = MAILBOX.exec(name) ?? [];
  if (!hasLabels(host)) return 'unclear';
  if (!base.includes('@')) return relationOfHost(base, host);
  const [, baseLocal = '', baseHost = ''] = MAILBOX.exec(base) ?? [];
  if (!hasLabels(baseHost)) return 'unclear';
  if (baseHost.toLowerCase() !== host.toLowerCase()) return 'outside';
  if (baseLocal === local) return 'inside';
  return baseLocal.toLowerCase() === local.toLowerCase() ? 'unclear' : 'outside';
}

/** Scheme, who the user is, host, port. */
const URI = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#@:]+)(?::[0-9]*)?(?:[/?#]|$)/i;
const IPV4 = /^[0-9.]+$/;

/** One without a host, or with an address in its place, is neither permitted nor spared. */
function relationOfUri(base: string, name: string): Relation {
  const host = URI.exec(name)?.[1] ?? '';
  return hasLabels(host) && !IPV4.test(host) ? relationOfHost(base, host) : 'unclear';
}

/** That host, or with a leading period all hosts below it and not itself. */
function relationOfHost(base: string, host: string): Relation {
  const isDomain = base.startsWith('.');
  const [top, name] = [base.toLowerCase(), host.toLowerCase()];
  if (!hasLabels(isDomain ? top.slice(1) : top)) return 'unclear';
  return inside(isDomain ? name.endsWith(top) : name === top);
}

/** An address and as many octets of mask, the ones of which come first. */
function relationOfIp({ bytes: base }: Of<'ip'>, { bytes: name }: Of<'ip'>): Relation {
  const half = base.length / 2;
  const mask = base.subarray(half);
  const isSound = [4, 16].includes(half) && [4, 16].includes(name.length) && isMask(mask);
  if (!isSound) return 'unclear';
  if (half !== name.length) return 'outside';
  return inside(name.every((octet, at) => ((octet ^ base[at]!) & mask[at]!) === 0));
}

const isMask = (mask: Uint8Array): boolean =>
  /^1*0*$/.test([...mask].map((octet) => octet.toString(2).padStart(8, '0')).join(''));

const relationOfDirectory = (base: DistinguishedName, name: DistinguishedName): Relation =>
  inside(base.relative.every((part, at) => part === name.relative[at]));
