import type { DecodedPacket } from 'dns-packet';
import { reply } from './fake-dns.ts';

/** Says of every name that is asked for where it leads, each time anew; what is left out has no address. */
export const leading =
  (to: { readonly A?: () => readonly string[]; readonly AAAA?: () => readonly string[] }) =>
  (query: DecodedPacket): Buffer => {
    const [question] = query.questions ?? [];
    const type = question?.type === 'AAAA' ? 'AAAA' : 'A';
    const addresses = question?.type === type ? (to[type]?.() ?? []) : [];
    const name = question?.name ?? '';
    return reply(query, { answers: addresses.map((data) => ({ type, name, data, ttl: 0 })) });
  };
