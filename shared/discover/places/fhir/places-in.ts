import { parseDirectAddress, type DirectAddress } from '../../../ids.ts';
import { targetOf } from '../../../trigger/fhir/reference.ts';
import type { Place } from '../places.ts';
import { harmless } from './harmless.ts';
import type { Concept, PostalAddress, Resource, ResourceOf } from './resources.ts';

/** The ways of Direct among those of FHIR's list of connection types. */
const DIRECT = ['direct-project', 'secure-email'];

type Holder = ResourceOf<'Organization'> | ResourceOf<'PractitionerRole'>;
type Find = <Type extends Resource['resourceType']>(
  type: Type,
  reference: string | undefined,
) => ResourceOf<Type> | undefined;

/** The places among what searches found: whoever has an endpoint by which Direct goes, once for each address. */
export function placesIn(resources: readonly Resource[]): readonly Place[] {
  const found = new Map(resources.map((each) => [`${each.resourceType}/${each.id}`, each]));
  const find: Find = (type, reference) => {
    const target = targetOf(reference);
    if (target?.type !== type) return undefined;
    return found.get(`${type}/${target.id}`) as ResourceOf<typeof type> | undefined;
  };
  return resources.flatMap((each) => (isHolder(each) ? placesOf(each, find) : []));
}

const isHolder = (resource: Resource): resource is Holder =>
  (resource.resourceType === 'Organization' || resource.resourceType === 'PractitionerRole') &&
  resource.active !== false;

function placesOf(holder: Holder, find: Find): readonly Place[] {
  const told =
    holder.resourceType === 'Organization' ? ofOrganization(holder) : ofRole(holder, find);
  const { name } = told;
  if (name === undefined) return [];
  const telephone = telephoneOf(holder);
  return holder.endpoint.flatMap(({ reference }) => {
    const address = addressOf(find('Endpoint', reference));
    if (address === undefined) return [];
    return [{ ...told, name, address, ...(telephone !== undefined && { telephone }) }];
  });
}

type Told = Pick<Place, 'place' | 'specialty'> & { readonly name: string | undefined };

const ofOrganization = ({ name, address, type }: ResourceOf<'Organization'>): Told => ({
  name: harmless(name, 200),
  ...optional('place', placeOf(address[0])),
  ...optional('specialty', wordsOf(type[0])),
});

/** A person is known by the name, and by where he or she works. */
function ofRole(role: ResourceOf<'PractitionerRole'>, find: Find): Told {
  const { practitioner, organization, location, specialty } = role;
  const person = nameOf(find('Practitioner', practitioner?.reference)) ?? practitioner?.display;
  const works = find('Organization', organization?.reference);
  const at = works?.name ?? organization?.display;
  const where = find('Location', location[0]?.reference)?.address ?? works?.address[0];
  const name = [person, at].flatMap((text) => harmless(text, 100) ?? []).join(', ');
  return {
    name: name === '' ? undefined : name,
    ...optional('place', placeOf(where)),
    ...optional('specialty', wordsOf(specialty[0])),
  };
}

function nameOf(practitioner: ResourceOf<'Practitioner'> | undefined): string | undefined {
  const name = practitioner?.name[0];
  return name && (name.text ?? [...name.given, name.family ?? ''].join(' '));
}

function placeOf(address: PostalAddress | undefined): string | undefined {
  if (address === undefined) return undefined;
  const { line, city, state, postalCode, text } = address;
  const region = [state, postalCode].filter((each) => each !== undefined).join(' ');
  const parts = [...line, city, region].flatMap((each) => harmless(each, 100) ?? []);
  return harmless(parts.length > 0 ? parts.join(', ') : text, 200);
}

const wordsOf = (concept: Concept | undefined): string | undefined =>
  harmless(concept?.text ?? concept?.coding.find(({ display }) => display)?.display, 100);

const telephoneOf = ({ telecom }: Holder): string | undefined =>
  telecom
    .filter(({ system }) => system === 'phone')
    .flatMap(({ value }) => harmless(value, 40) ?? [])
    .find((value) => /^\+?[0-9][0-9 ().-]{2,30}$/.test(value));

/** `mailto:` or bare; what is no Direct address cannot be sent to. */
function addressOf(endpoint: ResourceOf<'Endpoint'> | undefined): DirectAddress | undefined {
  const { status, connectionType, address = '' } = endpoint ?? {};
  if (status !== 'active' || !DIRECT.includes(connectionType?.code ?? '')) return undefined;
  const parsed = parseDirectAddress(address.trim().replace(/^mailto:/i, ''));
  return parsed.ok ? parsed.value : undefined;
}

const optional = <Name extends string>(
  name: Name,
  text: string | undefined,
): { readonly [Key in Name]?: string } =>
  (text === undefined ? {} : { [name]: text }) as { readonly [Key in Name]?: string };
