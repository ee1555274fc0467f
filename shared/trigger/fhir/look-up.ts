import type { Entry } from './bundle.ts';
import { targetOf, unversioned } from './reference.ts';
import type { Resource } from './resources.ts';

/** The resource that a reference names, as far as the bundle brings it; of several versions the first, which is the newest. */
export const lookUp = (
  reference: string | undefined,
  entries: readonly Entry[],
): Resource | undefined =>
  reference === undefined
    ? undefined
    : entries.find((entry) => entry.resource !== undefined && isNamed(entry, reference))?.resource;

/** An id is one server's: with two addresses, only the same address is the same resource. */
function isNamed({ fullUrl, resource }: Entry, reference: string): boolean {
  const named = unversioned(reference);
  if (fullUrl !== undefined && unversioned(fullUrl) === named) return true;
  const isAnywhere = fullUrl === undefined || fullUrl.startsWith('urn:');
  if (!isAnywhere && named.includes('://')) return false;
  const target = targetOf(reference);
  return (
    target !== undefined && resource?.resourceType === target.type && resource.id === target.id
  );
}

/** Whether the bundle says that what the reference names was deleted. */
export const isDeleted = (reference: string | undefined, entries: readonly Entry[]): boolean =>
  reference !== undefined &&
  entries.some(
    ({ fullUrl, request }) =>
      request?.method === 'DELETE' &&
      [fullUrl, request.url].some((each) => each !== undefined && isSame(each, reference)),
  );

const isSame = (one: string, other: string): boolean =>
  unversioned(one) === unversioned(other) || unversioned(other).endsWith(`/${unversioned(one)}`);
