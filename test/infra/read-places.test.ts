import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../../infra/config.ts';
import { readPlaces } from '../../infra/read-places.ts';
import { SANDBOX, resourcesOf } from './support/templates.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { directTransmit } from '../../infra/direct-transmit.ts';

const CONFIG = join(import.meta.dirname, '../../infra/config');
const read = (text: string) => readPlaces(Buffer.from(text));
const faultsIn = (text: string) => read(text).faults.map(({ line, says }) => `${line}: ${says}`);

const HEAD = 'name,address,place,specialty,telephone\n';

describe('a list of places', () => {
  test('is read with quotes, accents, blanks, either end of line and a mark of its encoding', () => {
    const text = `\ufeff${HEAD}"Lee, Robin, MD", dr.lee@Direct.Clinic.example ,"1 Pier, Lakeside",Family medicine,+1 555 0100\r\n\r\nClínica Sonrisa,hola@sonrisa.example,,,\r\n`;
    expect(read(text)).toEqual({
      places: [
        {
          name: 'Lee, Robin, MD',
          address: 'dr.lee@direct.clinic.example',
          place: '1 Pier, Lakeside',
          specialty: 'Family medicine',
          telephone: '+1 555 0100',
        },
        { name: 'Clínica Sonrisa', address: 'hola@sonrisa.example' },
      ],
      faults: [],
    });
  });

  test('may have its columns in any order, and no more than two', () => {
    expect(read('Address,NAME\na@b.example,A\n').places).toEqual([
      { name: 'A', address: 'a@b.example' },
    ]);
  });

  test.each([
    ['nothing at all', '', ['1: no column name, address']],
    ['no column for addresses', 'name,place\nA,B\n', ['1: no column address']],
    [
      'a column of another name',
      'name,address,city\n',
      ['1: a column of another name; there are name, address, place, specialty, telephone'],
    ],
    ['a column twice', 'name,address,name\n', ['1: a column twice']],
    ['no Direct address', `${HEAD}A,somebody,,,\n`, ['2: address: not a Direct address']],
    [
      'a mail header in an address',
      `${HEAD}A,"a@b.example\nBcc: c@d.example",,,\n`,
      ['3: address: not a Direct address'],
    ],
    ['no name', `${HEAD},a@b.example,,,\n`, [expect.stringMatching(/^2: name: /)]],
    [
      'a name that nobody sees whole',
      `${HEAD}A\u202eB,a@b.example,,,\n`,
      ['2: name: characters that nobody sees'],
    ],
    [
      'a telephone that is none',
      `${HEAD}A,a@b.example,,,call me\n`,
      ['2: telephone: not a telephone number'],
    ],
    ['a value too few', `${HEAD}A,a@b.example\n`, ['2: 2 values, and the header has 5']],
    [
      'an address twice, in whatever case',
      `${HEAD}A,a@b.example,,,\nB,c@d.example,,,\nC,A@B.example,,,\n`,
      ['4: address: the same as in line 2'],
    ],
    [
      'a quote that is not closed',
      `${HEAD}"A,a@b.example,,,\n`,
      [expect.stringMatching(/^\d+: not CSV: CSV_/)],
    ],
  ])('with %s is refused with the line', (_, text, faults) => {
    expect(faultsIn(text)).toEqual(faults);
  });

  test('of another encoding is refused', () => {
    expect(
      readPlaces(Buffer.from('name,address\nCl\u00ednica,a@b.example', 'latin1')).faults,
    ).toEqual([{ line: 1, says: 'not UTF-8' }]);
  });

  test('of more than twenty thousand places is refused, and one of so many is read', () => {
    const rows = Array.from({ length: 20_001 }, (_, n) => `A,a${n}@b.example`);
    const whole = `name,address\n${rows.join('\n')}\n`;
    expect(faultsIn(whole)).toEqual(['20002: more than 20000 places']);
    expect(read(whole.replace(/A,a7@.*\n/, '')).places).toHaveLength(20_000);
  });

  test('says every line that is wrong, to a hundred, and nothing that stands there', () => {
    const wrong = Array.from({ length: 150 }, () => 'Secret,not-an-address');
    const { faults } = read(`name,address\n${wrong.join('\n')}`);
    expect(faults).toHaveLength(100);
    expect(JSON.stringify(faults)).not.toMatch(/Secret|not-an-address/);
  });

  test('that is kept for the local system is good', () => {
    const { places, faults } = readPlaces(readFileSync(join(CONFIG, 'directory/local.csv')));
    expect(faults).toEqual([]);
    expect(places.length).toBeGreaterThan(2);
  });
});

const staged = (csv: string): string => {
  const folder = temporaryFolder();
  cpSync(CONFIG, folder, { recursive: true });
  writeFileSync(join(folder, 'directory/sandbox.csv'), csv);
  return folder;
};

describe('the list of a stage', () => {
  test('is read where it is, and is empty where it is not', () => {
    const folder = staged('name,address\nA,a@b.example\n');
    expect(readConfig({ stage: 'sandbox', folder }).places).toEqual([
      { name: 'A', address: 'a@b.example' },
    ]);
    expect(SANDBOX.places).toEqual([]);
  });

  test('stops whoever deploys when it is wrong, with the file and its lines', () => {
    const folder = staged('name,address\nA,b\nC,d\n');
    expect(() => readConfig({ stage: 'sandbox', folder })).toThrow(
      /directory\/sandbox\.csv: The list of places is wrong:\n {2}line 2: .*\n {2}line 3: /,
    );
  });
});

const directoryEnv = (fhir: object) => {
  const { settings } = SANDBOX;
  const directory = {
    fhir: { baseUrl: 'https://d.example', deadlineSeconds: 2, authorities: [], ...fhir },
  };
  const config = { ...SANDBOX, settings: { ...settings, directory } };
  return resourcesOf(directTransmit({ config, outdir: temporaryFolder() })).find(
    ({ properties }) => properties['FunctionName'] === 'direct-transmit-sandbox-directory',
  )?.properties.Environment.Variables;
};

describe('the secret of relays', () => {
  test('is for the directory only where its settings want a token', () => {
    expect(directoryEnv({}).RELAY_SECRET).toBe('none');
    const token = { tokenUrl: 'https://t.example/token', scope: 'system/Endpoint.rs' };
    expect(JSON.stringify(directoryEnv({ token }).RELAY_SECRET)).toContain('Relay');
  });
});
