import { parseDirectAddress } from '../../../shared/ids.ts';

/** All addr-specs of header values; display names are passed over. */
export const addressesIn = (values: readonly string[]): readonly string[] =>
  values.flatMap((value) =>
    [...value.replace(/"(?:[^"\\]|\\.)*"/g, '').matchAll(/[^\s<>,;:()]+@[^\s<>,;:()]+/g)].flatMap(
      ([text]) => {
        const address = parseDirectAddress(text);
        return address.ok ? [address.value] : [];
      },
    ),
  );

/** Case does not count in an address, nor in a domain. */
export const sameAddress = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase();
