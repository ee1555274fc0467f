import * as z from 'zod';

/** What is read of an answer; whatever else a server says is left alone. Lists are cut: nobody has so many of anything. */
const listOf = <Each extends z.ZodType>(each: Each, most: number) =>
  z
    .array(z.unknown())
    .transform((all) => all.slice(0, most).flatMap((one) => each.safeParse(one).data ?? []))
    .catch([]);

const Text = z.string().max(10_000).optional().catch(undefined);

const Reference = z.looseObject({ reference: Text, display: Text });
const Coding = z.looseObject({ system: Text, code: Text, display: Text });
const Concept = z.looseObject({ text: Text, coding: listOf(Coding, 10) });
const Address = z.looseObject({
  text: Text,
  line: listOf(z.string().max(1000), 5),
  city: Text,
  state: Text,
  postalCode: Text,
});
const Telecom = z.looseObject({ system: Text, value: Text });
const HumanName = z.looseObject({
  text: Text,
  family: Text,
  given: listOf(z.string().max(1000), 10),
});

const common = { id: z.string().regex(/^[A-Za-z0-9.-]{1,64}$/) };
const endpoint = listOf(Reference, 20);

const Organization = z.looseObject({
  ...common,
  resourceType: z.literal('Organization'),
  active: z.boolean().optional().catch(undefined),
  name: Text,
  type: listOf(Concept, 5),
  address: listOf(Address, 3),
  telecom: listOf(Telecom, 10),
  endpoint,
});

const PractitionerRole = z.looseObject({
  ...common,
  resourceType: z.literal('PractitionerRole'),
  active: z.boolean().optional().catch(undefined),
  practitioner: Reference.optional().catch(undefined),
  organization: Reference.optional().catch(undefined),
  specialty: listOf(Concept, 5),
  location: listOf(Reference, 5),
  telecom: listOf(Telecom, 10),
  endpoint,
});

const Practitioner = z.looseObject({
  ...common,
  resourceType: z.literal('Practitioner'),
  name: listOf(HumanName, 5),
});

const Location = z.looseObject({
  ...common,
  resourceType: z.literal('Location'),
  address: Address.optional().catch(undefined),
});

const Endpoint = z.looseObject({
  ...common,
  resourceType: z.literal('Endpoint'),
  status: Text,
  connectionType: Coding.optional().catch(undefined),
  address: Text,
});

const Resource = z.discriminatedUnion('resourceType', [
  Organization,
  PractitionerRole,
  Practitioner,
  Location,
  Endpoint,
]);

export type Resource = z.infer<typeof Resource>;
export type ResourceOf<Type extends Resource['resourceType']> = Extract<
  Resource,
  { resourceType: Type }
>;
export type Concept = z.infer<typeof Concept>;
export type PostalAddress = z.infer<typeof Address>;

/** More on one page than is ever asked for, with what is included. */
const MOST_ENTRIES = 500;

/** An answer to a search: of its resources those that are of our kinds and legible, and where the next page lies. */
export const SearchAnswer = z
  .looseObject({
    resourceType: z.literal('Bundle'),
    type: z.literal('searchset'),
    entry: z
      .array(z.looseObject({ resource: z.unknown() }))
      .max(MOST_ENTRIES)
      .default([]),
    link: z
      .array(z.looseObject({ relation: Text, url: Text }))
      .max(20)
      .default([]),
  })
  .transform(({ entry, link }) => ({
    resources: entry.flatMap(({ resource }) => Resource.safeParse(resource).data ?? []),
    next: link.find(({ relation }) => relation === 'next')?.url,
  }));
