import { readAddress } from '../address/read.ts';
import type { Request } from '../api/views.ts';
import { type TypedAddresses, withAnother } from '../choose/typed-addresses.ts';
import { changeOf, type WantedFrequency, wantedOf } from '../choose/wanted-frequency.ts';

/** How somebody wants a request. */
export interface Draft {
  readonly wanted: WantedFrequency;
  readonly typed: TypedAddresses;
}

/** The addresses that are not stopped. */
export const openAddresses = ({ addresses }: Request): readonly string[] =>
  addresses.filter(({ status }) => status !== 'revoked').map(({ address }) => address);

/** As it is. */
export const draftOf = (request: Request): Draft => ({
  wanted: wantedOf(request),
  typed: {
    lines: openAddresses(request).map((typed, at) => ({ id: at + 1, typed, isLeft: true })),
  },
});

/** What has to be sent to the API: the members only that become others. */
export function changeBy({ wanted, typed }: Draft, request: Request): object {
  const addresses = openAddresses(request);
  const named = typed.lines.map((line) => addressIn(line.typed, addresses)).filter(Boolean);
  const before: Members = { ...changeOf(wantedOf(request)), addresses };
  const after: Members = { ...changeOf(wanted), addresses: named };
  return Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
    ),
  );
}

type Members = Readonly<Record<string, unknown>>;

/**
 * What somebody wants of a request that was changed by somebody else in between: what was typed stays, and the rest
 * becomes as it is now.
 */
export function rebased({ wanted, typed }: Draft, before: Request, now: Request): Draft {
  const was = wantedOf(before);
  const changed = Object.entries(wanted).filter(
    ([name, value]) => value !== was[name as keyof WantedFrequency],
  );
  const [old, current] = [openAddresses(before), openAddresses(now)];
  const gone = old.filter((address) => !current.includes(address));
  const kept: TypedAddresses = {
    lines: typed.lines.filter((line) => !gone.includes(addressIn(line.typed, old))),
  };
  const come = current.filter((address) => !old.includes(address));
  return {
    wanted: { ...wantedOf(now), ...Object.fromEntries(changed) },
    // Without where the focus was to go.
    typed: { lines: come.reduce((value, each) => withAnother(value, each), kept).lines },
  };
}

/** As the request writes it, if it names it; empty when what was typed is no address. */
function addressIn(typed: string, named: readonly string[]): string {
  const read = readAddress(typed);
  if (!read.ok) return '';
  return named.find((each) => each.toLowerCase() === read.address.toLowerCase()) ?? read.address;
}
