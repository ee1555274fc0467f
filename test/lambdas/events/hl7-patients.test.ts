import { beforeEach, describe, expect, test } from '@jest/globals';
import { ANA_CX, er7, respelled } from '../../trigger/hl7/messages.ts';
import { register, MRN } from '../steps.ts';
import { type Hl7World, hl7World } from './hl7-world.ts';

let hl7: Hl7World;

beforeEach(async () => {
  hl7 = await hl7World();
});

describe('the patient', () => {
  test.each([
    ['the second of several', `77^^^OTHER&1.2.3&ISO~${ANA_CX}`],
    ['without a type of authority', 'MRN-0001^^^&2.16.840.1.113883.19.5.77'],
    ['twice', `${ANA_CX}~${ANA_CX}`],
  ])('is named by %s', async (_, identifiers) => {
    expect(await hl7.saidTo(er7({ identifiers }))).toBe('AA');
    expect(await hl7.kept()).toMatchObject({ value: { patientId: 'ana' } });
  });

  test.each([
    ['no PID', 'none'],
    ['an empty PID-3', ''],
    ['a number of nobody', `X^^^GSP&${MRN.system}&ISO`],
    ['a number of another authority', 'MRN-0001^^^GSP&1.2.3&ISO'],
    ['a number that nobody assigned', 'MRN-0001'],
    ['an authority that no setting names', 'MRN-0001^^^GSP'],
    ['an authority with a name that every object knows', 'MRN-0001^^^constructor'],
    ['an OID that is said to be a name', `MRN-0001^^^GSP&${MRN.system}&DNS`],
    ['a number with what nobody can read', `MRN\\Z\\-0001^^^GSP&${MRN.system}&ISO`],
  ])('patient/unknown: %s', async (_, identifiers) => {
    await hl7.expectKeptOut('AE', 'patient/unknown', er7({ identifiers }));
  });

  test('patient/ambiguous: numbers of two, and a number that two have', async () => {
    const other = { system: '1.2.3', value: '77' };
    await register(hl7.world, 'ben', { identifiers: [other] });
    const both = er7({ identifiers: `77^^^OTHER&1.2.3&ISO~${ANA_CX}` });
    await hl7.expectKeptOut('AE', 'patient/ambiguous', both);
    await register(hl7.world, 'cyd', { identifiers: [MRN] });
    await hl7.expectKeptOut('AE', 'patient/ambiguous', er7());
  });

  test('trigger/hl7-malformed: two in one message, or 21 numbers', async () => {
    const two = er7({ more: [`PID|2||${ANA_CX}`] });
    await hl7.expectKeptOut('AR', 'trigger/hl7-malformed', two);
    const many = Array.from({ length: 21 }, () => ANA_CX).join('~');
    await hl7.expectKeptOut('AR', 'trigger/hl7-malformed', er7({ identifiers: many }));
  });
});

describe('a message again', () => {
  test('is agreed to and changes nothing, however it is written', async () => {
    await hl7.answerTo(er7());
    const before = hl7.world.writes();
    for (const again of [er7(), er7({ end: '\n' }), respelled(er7(), '|^~\\&', '#!*/+')]) {
      const [, msa] = await hl7.answerTo(again);
      expect(msa).toEqual(['MSA', 'AA', 'MSG-1']);
    }
    expect(hl7.world.writes()).toBe(before);
  });

  test('of another system under the same number is another', async () => {
    await hl7.answerTo(er7());
    expect(await hl7.saidTo(er7({ from: 'LAB', type: 'ADT^A02' }))).toBe('AA');
    expect(await hl7.kept('MSG-1', [['LAB']])).toMatchObject({ value: { kind: 'transfer' } });
    expect(await hl7.kept()).toMatchObject({ value: { kind: 'discharge' } });
  });

  test('trigger/event-id-reused: under the same number something else', async () => {
    await hl7.answerTo(er7());
    await hl7.expectKeptOut('AR', 'trigger/event-id-reused', er7({ type: 'ADT^A02' }));
  });
});

describe('the time', () => {
  test.each([
    ['20261122060000-0600', 'UTC', '2026-11-22T12:00:00.000Z'],
    ['20261122060000.1234-0600', 'UTC', '2026-11-22T12:00:00.123Z'],
    ['202611220600', 'America/Chicago', '2026-11-22T12:00:00.000Z'],
    ['202607010600', 'America/Chicago', '2026-07-01T11:00:00.000Z'],
    ['2026112206', 'UTC', '2026-11-22T06:00:00.000Z'],
    ['20261122', 'America/Chicago', '2026-11-22T06:00:00.000Z'],
    ['20261122+0000', 'America/Chicago', '2026-11-22T00:00:00.000Z'],
    ['202611010130', 'America/Chicago', '2026-11-01T06:30:00.000Z'],
    ['20261122060000^S', 'UTC', '2026-11-22T06:00:00.000Z'],
  ])('%s in %s is %s', async (enteredAt, timeZone, occurredAt) => {
    hl7 = await hl7World({ triggers: { hl7: { timeZone } } });
    expect(await hl7.saidTo(er7({ enteredAt }))).toBe('AA');
    expect(await hl7.kept()).toMatchObject({ value: { occurredAt } });
  });

  test.each(['none', ''])('is that of the message when EVN-2 is %p', async (enteredAt) => {
    await hl7.answerTo(er7({ enteredAt }));
    expect(await hl7.kept()).toMatchObject({ value: { occurredAt: '2026-11-22T12:05:00.000Z' } });
  });

  test.each([
    ['no time', 'yesterday'],
    ['a month', '202611'],
    ['no day', '20260230'],
    ['no hour', '2026112225'],
    ['no offset', '20261122060000-2500'],
    ['RFC 3339', '2026-11-22T06:00:00Z'],
    ['to come', '20261122120501+0000'],
  ])('trigger/bad-time: %s', async (_, enteredAt) => {
    await hl7.expectKeptOut('AE', 'trigger/bad-time', er7({ enteredAt }));
  });

  test('trigger/bad-time: none at all', async () => {
    await hl7.expectKeptOut('AE', 'trigger/bad-time', er7({ enteredAt: 'none', writtenAt: '' }));
  });
});
