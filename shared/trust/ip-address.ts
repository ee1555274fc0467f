const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
const GROUP = /^[0-9a-f]{1,4}$/i;

/** The octets of an address as people write it: 4 or 16; undefined when it is none. */
export function octetsOf(text: string): Buffer | undefined {
  if (IPV4.test(text)) return Buffer.from(text.split('.').map(Number));
  const parts = text.split('::');
  const [head = [], tail] = parts.map((part, at) => groupsOf(part, at === parts.length - 1));
  if (parts.length > 2) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  // Two colons stand for one group of zeros at least.
  if (tail ? missing < 1 : missing !== 0) return undefined;
  const zeros = Array.from({ length: missing }, () => '0');
  const groups = [...head, ...zeros, ...(tail ?? [])];
  if (!groups.every((group) => GROUP.test(group))) return undefined;
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}

/** The last two groups may be written as an address of version 4. */
function groupsOf(text: string, isEnd: boolean): readonly string[] {
  if (text === '') return [];
  const groups = text.split(':');
  const last = groups.at(-1)!;
  if (!isEnd || !IPV4.test(last)) return groups;
  const [high, low] = [0, 2].map((at) => octetsOf(last)!.toString('hex', at, at + 2));
  return [...groups.slice(0, -1), high!, low!];
}
