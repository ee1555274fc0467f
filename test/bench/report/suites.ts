import type { Suite } from '../cases.ts';
import { measureIn, median } from '../ratios.ts';
import type { Measured } from '../results.ts';
import { figure, table } from './table.ts';

/** What a reader has to know of each suite, and where contestants do not do the same. */
const ABOUT: Readonly<Record<Suite, string>> = {
  pipeline:
    'Record bytes (checked before) to message bytes: XDM zip, MIME, signature, encryption, base64. All pack the same ' +
    'files. Ours, pkijs and node-forge hash each document with SHA-1 and SHA-256; BouncyCastle hashes none. Ours alone ' +
    'reads the headers, writes and checks the metadata and hashes the finished message. `bouncycastle` uses its classes ' +
    'for S/MIME and javax.mail, `bouncycastle, cms` those for CMS and arrays of bytes; both the primitives of the JDK.',
  smime:
    'A MIME entity to message bytes: signature, encryption, base64. Ours alone also hashes the finished message. ' +
    '`openssl` is two processes for each message, which use both cores.',
  memory:
    'Peak above idle of a fresh process after 5 messages of the pipeline, input included; medians of 5 samples a run. ' +
    'What no floor speaks of is measured in the first run only.',
  recipients:
    'The same record to one recipient and to ten, each with its own metadata, message, signature and encryption.',
  header: 'The header of one document of each size, from the bytes; the body is never reached.',
  chain:
    '`path of three`: two certificates under an anchor, read and validated. `limit` is what nobody gets around: OpenSSL ' +
    'parses each of them, which takes it a fifteenth of the time of asn1js, and checks both signatures with the keys that ' +
    'it found. Ours also checks address, key usage and key strength. `known address`: recipientOf with all in memory ' +
    'that was ever found, against trust of the same certificates alone; the lists have a thousand entries each. Then ' +
    'what hostile servers can do to a fresh process: its peak above idle, and the time until it answered, with two ' +
    'seconds for everything outside.',
  api:
    'The local system with its functions in threads, its tables in Java and the load in a process of its own, on the same ' +
    'cores. Ten calls of twenty patients in turn: seven read, three write. `one`: a single caller, `half`: half as many calls ' +
    'a second as the `most` that any number of callers got, asked for on time whether the ones before were answered or not.',
  'cold-start':
    'Fresh processes. `import`: the libraries alone (pkijs, asn1js, zod, the SDK clients), and with our code on top. ' +
    '`first message`: of a process that has its imports behind it. `a process`: from its start to its end, with one message.',
  bundles:
    'Fresh processes, each function as it is deployed. `libraries`: what our files take from packages and of Node, bundled by itself, ' +
    'and as many secrets read as the function reads when it starts; `bare Node`: an empty module. Sizes are of the one file ' +
    'that Lambda loads, in thousands of bytes.',
};

/** The tables of one suite: medians with minima, and every contestant against the first that counts. */
export function suiteSection(suite: Suite, measured: readonly Measured[]): string {
  const cases = [
    ...Map.groupBy(
      measured.filter((each) => each.suite === suite),
      (each) => each.case,
    ).values(),
  ];
  // Cases with the same contestants share a table.
  const groups = Map.groupBy(cases, (runs) =>
    suite === 'memory' ? suite : Object.keys(runs[0]?.contestants ?? {}).join(),
  );
  return [
    `### ${suite}`,
    '',
    ABOUT[suite],
    ...[...groups.values()].flatMap((group) => [
      '',
      timesTable(group),
      ...againstTable(group),
      ...partsTable(group),
    ]),
    '',
  ].join('\n');
}

/** The runs of each case of a table. */
type Cases = readonly (readonly Measured[])[];

const namesOf = (cases: Cases): readonly string[] => [
  ...new Set(cases.flat().flatMap(({ contestants }) => Object.keys(contestants))),
];

/** Over all rounds of all runs. */
function timesTable(cases: Cases): string {
  const names = namesOf(cases);
  const rows = cases.map((runs) => [
    runs[0]?.case ?? '',
    ...names.map((name) => {
      const values = runs.flatMap(({ contestants }) => contestants[name]?.values ?? []);
      if (values.length === 0) return '';
      return `${figure(median(values))} (${figure(Math.min(...values))})`;
    }),
  ]);
  return table([`median (min), ${cases[0]?.[0]?.unit ?? ''}`, ...names], rows);
}

/** The one that the others are put beside. */
const baseOf = (names: readonly string[]): string =>
  names.includes('ours') ? 'ours' : (names[0] ?? '');

/** The median of the ratios of each run; of one alone there is none. */
function againstTable(cases: Cases): readonly string[] {
  const names = namesOf(cases);
  const base = baseOf(names);
  const others = names.filter((name) => name !== base);
  if (others.length === 0) return [];
  const rows = cases.map((runs) => [
    runs[0]?.case ?? '',
    ...others.map((name) =>
      runs
        .flatMap((each) => measureIn(each, { kind: 'ratio', of: name, over: base }) ?? [])
        .map(figure)
        .join(', '),
    ),
  ]);
  return ['', table([`times ${base}, each run`, ...others], rows)];
}

/** What the limit is the sum of. */
function partsTable(cases: Cases): readonly string[] {
  const parts = Object.keys(cases[0]?.[0]?.contestants['limit']?.parts ?? {});
  if (parts.length === 0) return [];
  const rows = cases.map((runs) => [
    runs[0]?.case ?? '',
    ...parts.map((part) =>
      figure(median(runs.map(({ contestants }) => contestants['limit']?.parts[part] ?? 0))),
    ),
  ]);
  return ['', table(['parts of the limit, ms', ...parts], rows)];
}
