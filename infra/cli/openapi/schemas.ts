import * as z from 'zod';

export type Json = Readonly<Record<string, unknown>>;

/** Whether answers may have members that the document does not tell: open to clients, closed to our own tests. */
export type Openness = 'open' | 'closed';

/** Turns zod schemas into those of the document; what has an id (`.meta({ id })`) is told once and referred to. */
export class Schemas {
  readonly #named = new Map<string, Json>();
  readonly #openness: Openness;

  constructor(openness: Openness) {
    this.#openness = openness;
  }

  /** What is to come in, before anything is made of it. */
  taken(schema: z.ZodType): Json {
    return this.#told(schema, 'input');
  }

  /** What goes out. */
  given(schema: z.ZodType): Json {
    return this.#told(schema, 'output');
  }

  /** By name, for the components of the document. */
  all(): Json {
    return Object.fromEntries(
      [...this.#named].toSorted(([one], [other]) => (one < other ? -1 : 1)),
    );
  }

  #told(schema: z.ZodType, io: 'input' | 'output'): Json {
    const {
      $schema: _,
      $defs = {},
      ...root
    } = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      override: ({ jsonSchema }) => {
        // The format says it, in words that a reader knows.
        if (jsonSchema.format?.startsWith('date')) delete jsonSchema.pattern;
        if (
          io === 'output' &&
          this.#openness === 'open' &&
          jsonSchema.additionalProperties === false
        )
          delete jsonSchema.additionalProperties;
      },
    });
    const names = new Map(
      Object.entries($defs).map(([name, each]) => [name, this.#nameOf(name, each, io)]),
    );
    for (const [name, each] of Object.entries($defs)) {
      this.#named.set(names.get(name) ?? name, referring(each, names) as Json);
    }
    return referring(root, names) as Json;
  }

  /** Where what comes in differs from what goes out, it has a name of its own. */
  #nameOf(name: string, schema: object, io: 'input' | 'output'): string {
    const known = this.#named.get(name);
    const same = new Map([[name, name]]);
    if (!known || JSON.stringify(known) === JSON.stringify(referring(schema, same))) return name;
    return `${name}${io === 'input' ? 'Body' : 'Answer'}`;
  }
}

/** With references to components instead of those within one schema. */
function referring(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((each) => referring(each, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const name = key === '$ref' && /^#\/\$defs\/(.+)$/.exec(String(each))?.[1];
      return name
        ? [key, `#/components/schemas/${names.get(name) ?? name}`]
        : [key, referring(each, names)];
    }),
  );
}
