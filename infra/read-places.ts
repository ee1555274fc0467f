import { CsvError, parse } from 'csv-parse/sync';
import { ListedPlace } from '../shared/settings.ts';

/** What is wrong in a list of places, and in which line of the file: 1 is the header. */
export interface PlacesFault {
  readonly line: number;
  readonly says: string;
}

export interface ReadPlaces {
  readonly places: readonly ListedPlace[];
  /** Of the first hundred lines that are wrong; the places of lines without any are read all the same. */
  readonly faults: readonly PlacesFault[];
}

/** What a function holds in memory and searches in the time that somebody waits. */
const MOST_PLACES = 20_000;
const MOST_BYTES = 10_000_000;
const MOST_FAULTS = 100;

const COLUMNS = Object.keys(ListedPlace.shape);
const NEEDED = ['name', 'address'];

interface Line {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads a list of places: CSV (RFC 4180) in UTF-8 with a header that names its columns, `name` and `address` at least,
 * and in any order `place`, `specialty` and `telephone`.
 */
export function readPlaces(bytes: Uint8Array): ReadPlaces {
  if (bytes.length > MOST_BYTES) return wrong(1, `longer than ${MOST_BYTES} bytes`);
  const lines = linesOf(bytes);
  if ('line' in lines) return wrong(lines.line, lines.says);
  const [header, ...rows] = lines;
  const columns = header?.record.map((name) => name.toLowerCase()) ?? [];
  const says = faultOfHeader(columns);
  if (says !== undefined) return wrong(header?.info.lines ?? 1, says);
  if (rows.length > MOST_PLACES) {
    return wrong(rows[MOST_PLACES]?.info.lines ?? 1, `more than ${MOST_PLACES} places`);
  }
  return placesIn(rows, columns);
}

const wrong = (line: number, says: string): ReadPlaces => ({
  places: [],
  faults: [{ line, says }],
});

function linesOf(bytes: Uint8Array): readonly Line[] | PlacesFault {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return parse(text, {
      info: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: 10_000,
    }) as unknown as readonly Line[];
  } catch (error) {
    if (!(error instanceof CsvError)) return { line: 1, says: 'not UTF-8' };
    // Its own words would quote what stands there.
    const lines: unknown = error['lines'];
    return { line: typeof lines === 'number' ? lines : 1, says: `not CSV: ${error.code}` };
  }
}

function faultOfHeader(columns: readonly string[]): string | undefined {
  const unknown = columns.filter((name) => !COLUMNS.includes(name));
  if (unknown.length > 0) return `a column of another name; there are ${COLUMNS.join(', ')}`;
  if (new Set(columns).size < columns.length) return 'a column twice';
  const missing = NEEDED.filter((name) => !columns.includes(name));
  return missing.length > 0 ? `no column ${missing.join(', ')}` : undefined;
}

function placesIn(rows: readonly Line[], columns: readonly string[]): ReadPlaces {
  const places: ListedPlace[] = [];
  const faults: PlacesFault[] = [];
  const firstLines = new Map<string, number>();
  for (const { record, info } of rows) {
    const read = placeIn(record, columns);
    const address = typeof read === 'string' ? undefined : read.address.toLowerCase();
    const earlier = address === undefined ? undefined : firstLines.get(address);
    if (typeof read === 'string') faults.push({ line: info.lines, says: read });
    else if (earlier !== undefined) {
      faults.push({ line: info.lines, says: `address: the same as in line ${earlier}` });
    } else {
      places.push(read);
      firstLines.set(address ?? '', info.lines);
    }
    if (faults.length === MOST_FAULTS) break;
  }
  return { places, faults };
}

/** The place, or what is wrong with it: by column, and never what stands there. */
function placeIn(record: readonly string[], columns: readonly string[]): ListedPlace | string {
  if (record.length !== columns.length) {
    return `${record.length} values, and the header has ${columns.length}`;
  }
  const named = columns.flatMap((name, at) => {
    const value = record[at] ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
  const parsed = ListedPlace.safeParse(Object.fromEntries(named));
  if (parsed.success) return parsed.data;
  return parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}
