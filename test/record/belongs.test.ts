import { describe, expect, test } from '@jest/globals';
import type { PatientId, PatientKey } from '../../shared/ids.ts';
import type { Identifier, Patient } from '../../shared/patient/patient.ts';
import { belongsTo, identifiersIn } from '../../shared/record/belongs.ts';
import { readHeader } from '../../shared/record/read-header.ts';
import { sampleCcda, type SampleCcda } from '../support/ccda.ts';

const patientWith = (...identifiers: readonly Identifier[]): Patient => ({
  id: 'ana' as PatientId,
  key: 'pat_ana' as PatientKey,
  identifiers,
  name: { family: 'Rivera', given: ['Ana', 'Lucia'] },
  birthDate: '1984-03-09',
  sex: 'female',
  language: 'en',
});

const verdict = (
  patientIds: SampleCcda['patientIds'],
  ...registered: readonly Identifier[]
): string => {
  const header = readHeader(sampleCcda({ patientIds }));
  if (!header.ok) throw new Error(header.failure.code);
  const belongs = belongsTo(identifiersIn(header.value), patientWith(...registered));
  return belongs.ok ? 'belongs' : belongs.failure.code;
};

const UUID = 'DB734647-FC99-424C-A864-7E3CDA82E703';

describe('a document belongs to the patient whose identifier it names', () => {
  test.each([
    ['root and extension', { root: '1.2.3', extension: 'A1' }, { system: '1.2.3', value: 'A1' }],
    [
      'the system as a URN',
      { root: '1.2.3', extension: 'A1' },
      { system: 'urn:oid:1.2.3', value: 'A1' },
    ],
    ['blanks around', { root: '1.2.3', extension: ' A1 ' }, { system: ' 1.2.3', value: 'A1 ' }],
    [
      'a UUID in either case',
      { root: UUID, extension: '7' },
      { system: `urn:uuid:${UUID.toLowerCase()}`, value: '7' },
    ],
    [
      'a bare root',
      { root: UUID },
      { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${UUID.toLowerCase()}` },
    ],
    [
      'a bare root under itself',
      { root: '1.2.3.4' },
      { system: '1.2.3.4', value: 'urn:oid:1.2.3.4' },
    ],
  ])('%s', (_, id, identifier) => {
    expect(verdict([id], identifier)).toBe('belongs');
  });

  test('one of several is enough', () => {
    const ids = [
      { root: '1.2.3', extension: 'A1' },
      { root: '1.2.4', extension: 'B2' },
    ];
    expect(verdict(ids, { system: '9.9', value: 'x' }, { system: '1.2.4', value: 'B2' })).toBe(
      'belongs',
    );
  });

  test('whoever is registered with the identifiers of a document owns it', () => {
    const header = readHeader(
      sampleCcda({ patientIds: [{ root: '1.2' }, { root: '1.3', extension: 'x' }] }),
    );
    const identifiers = header.ok ? identifiersIn(header.value) : [];
    expect(identifiers).toHaveLength(2);
    for (const identifier of identifiers) {
      const belongs = header.ok && belongsTo(identifiersIn(header.value), patientWith(identifier));
      expect(belongs).toEqual({ ok: true, value: [identifier] });
    }
  });
});

describe('record/patient-mismatch: anything else is somebody else', () => {
  test.each([
    ['another number', { root: '1.2.3', extension: 'A1' }, { system: '1.2.3', value: 'A2' }],
    [
      'the same number elsewhere',
      { root: '1.2.3', extension: 'A1' },
      { system: '1.2.4', value: 'A1' },
    ],
    ['another case', { root: '1.2.3', extension: 'A1' }, { system: '1.2.3', value: 'a1' }],
    ['leading zeros', { root: '1.2.3', extension: '007' }, { system: '1.2.3', value: '7' }],
    ['an authority alone', { root: '1.2.3' }, { system: '1.2.3', value: 'A1' }],
    [
      'an authority under a number',
      { root: '1.2.3', extension: 'A1' },
      { system: 'urn:ietf:rfc:3986', value: 'urn:oid:1.2.3' },
    ],
    [
      'parts that only together read alike',
      { root: '1.2', extension: '3.4' },
      { system: '1.2.3', value: '4' },
    ],
  ])('record/patient-mismatch: %s', (_, id, identifier) => {
    expect(verdict([id], identifier)).toBe('record/patient-mismatch');
  });

  test('record/patient-mismatch: the same name and birth date prove nothing', () => {
    expect(verdict([{ root: '1.2.3', extension: 'A1' }])).toBe('record/patient-mismatch');
  });
});
