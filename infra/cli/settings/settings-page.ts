import type { SettingSchema } from '../../written-settings.ts';

/** The page `docs/settings.md`, word for word. */
export function settingsPage({ properties = {}, required = [] }: SettingSchema): string {
  const sections = Object.entries(properties)
    .filter(([key]) => key !== '$schema')
    .map(([key, schema]) => ({ key, rows: rowsOf(key, schema, required.includes(key)) }));
  const single = sections.filter(({ rows }) => rows.length === 1).flatMap(({ rows }) => rows);
  const groups = sections.filter(({ rows }) => rows.length > 1);
  return [
    INTRODUCTION,
    tableOf(single),
    ...groups.map(({ key, rows }) => `## ${key}\n\n${tableOf(rows)}`),
    '',
  ].join('\n\n').trimEnd().concat('\n'); // prettier-ignore
}

const INTRODUCTION = `# Settings

The tables are generated from the schema in \`shared/settings.ts\` and \`infra/deployment-settings.ts\` by
\`npm run transmit -- settings\`; a test compares them.

What a stage is, one file says: \`infra/config/<stage>.json\`. Beside it lie, under the name of the stage, what is no JSON:
\`anchors/<stage>/*.pem\` (whom the holder trusts), \`directory/<stage>.csv\` (places to send to), and for all stages
\`consent-texts/<language>/<version>.md\` with the list of those that were published. No setting is a secret: those are in the
vault of the stage.

**A new stage** is a copy of the example that is nearest:

| example                                                           | what it shows                                                                                       |
| ----------------------------------------------------------------- | --------------------------------------------------------------------------------------------------- |
| [sandbox](../infra/config/sandbox.json)                           | to try things out: SES sends and receives, a user pool of its own, no patients                       |
| [production](../infra/config/production.json)                     | a mail server and an issuer of the holder's own, fixed addresses to the outside, alarms by mail      |
| [payer](../infra/config/payer.json)                               | claims are gathered for up to a day, an explanation of benefits goes at once; dependants come of age |
| [two-facilities](../infra/config/two-facilities.json)             | two addresses, each with the identifier of its organisation; a request says as whom                  |
| [external-hisp](../infra/config/external-hisp.json)               | somebody else's HISP signs, encrypts and sends, and answers into a mailbox                           |

\`\`\`
cp infra/config/production.json infra/config/prod.json
npm run transmit -- publish-text prod
npm run synth -- -c stage=prod
\`\`\`

Editors that know JSON schemas complete the file and mark what is wrong, by the line \`"$schema": "./settings.schema.json"\`.
Synth looks closer: what is missing, misspelt or contradicts something else stops it, with one sentence each that names the
setting and what to write. Every stage but \`sandbox\`, \`local\` and \`test\` counts as production; there \`any-valid\` and
\`soft-fail\` need their names in \`deployment.acknowledged\`, signatures with SHA-1 need \`sha-1\` there, and RSA keys of less than
2048 bits \`short-keys\`.

\`npm run demo -- --stage NAME\` and \`npm start -- --stage NAME\` run the templates of a stage on this machine. Laid over its
settings is what is another here: the region, relay, issuer and resolvers, whom it trusts, who calls, and how long things
wait. A mailbox is not asked: the HISP on this machine answers by \`POST /v1/inbound-mail\`.

\`[]\` stands for each entry of a list, \`*\` for each key. What has no default and is not needed may be left out.`;

interface Row {
  readonly name: string;
  readonly what: string;
  readonly byDefault: string;
  readonly meaning: string;
}

const tableOf = (rows: readonly Row[]): string =>
  [
    '| setting | what | default | meaning |',
    '|---|---|---|---|',
    ...rows.map(
      ({ name, what, byDefault, meaning }) =>
        `| \`${name}\` | ${what} | ${byDefault} | ${meaning} |`,
    ),
  ].join('\n');

/** The setting itself, then those within. */
function rowsOf(name: string, schema: SettingSchema, isNeeded: boolean): Row[] {
  const { required = [] } = schema;
  const inside = [
    ...Object.entries(schema.properties ?? {}).flatMap(([key, inner]) =>
      rowsOf(`${name}.${key}`, inner, required.includes(key)),
    ),
    ...formsOf(schema).flatMap((form) =>
      rowsOf(name, { ...form, description: '' }, false).slice(1),
    ),
    ...within(`${name}[]`, schema.items),
    ...within(`${name}.*`, schema.additionalProperties),
  ];
  const row = {
    name,
    what: whatOf(schema),
    byDefault: isNeeded ? '**needed**' : defaultOf(schema),
    meaning: (schema.description ?? '').replaceAll('|', '\\|'),
  };
  return [row, ...withoutRepeats(inside)];
}

/** One that several forms have is one row. */
function withoutRepeats(rows: readonly Row[]): Row[] {
  const first = new Map<string, Row>();
  for (const row of rows) {
    const { what, ...known } = first.get(row.name) ?? row;
    const isSame = what === row.what;
    first.set(row.name, { ...known, what: isSame ? what : `${what} ${row.what}` });
  }
  return [...first.values()];
}

/** What a list or a record holds has rows of its own only where it is an object. */
const within = (name: string, inner: boolean | SettingSchema | undefined): Row[] =>
  typeof inner === 'object' ? rowsOf(name, inner, false).slice(1) : [];

const formsOf = ({ anyOf = [], oneOf = [] }: SettingSchema): readonly SettingSchema[] => [
  ...anyOf,
  ...oneOf,
];

function whatOf(schema: SettingSchema): string {
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum) return schema.enum.map(code).join(' ');
  const forms = formsOf(schema);
  if (forms.length > 0) return [...new Set(forms.map(whatOf))].join(' or ');
  return WORDS[schema.type ?? ''] ?? '';
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: '`true` `false`',
  array: 'list',
  object: 'object',
};

/** Of an object the defaults stand at what is within. */
const defaultOf = (schema: SettingSchema): string =>
  schema.default === undefined || (schema.properties && !Array.isArray(schema.default))
    ? ''
    : code(schema.default);

const code = (value: unknown): string => `\`${JSON.stringify(value).replace(/^"(.*)"$/, '$1')}\``;
