import { beforeEach, describe, expect, test } from '@jest/globals';
import { AUTHORITY, er7, type Writing } from '../../trigger/hl7/messages.ts';
import { ANA, SYSTEM } from '../http-world.ts';
import { MRN, register, share } from '../steps.ts';
import { type Hl7World, hl7World } from './hl7-world.ts';

const cx = (value: string, authority = AUTHORITY) => `${value}^^^${authority}^MR`;
const mrn = (value: string) => ({ ...MRN, value });

/** The second is given up for the first; each may be a list. */
const a40 = (survivor: string, given: string, more: Writing = {}) =>
  er7({ type: 'ADT^A40^ADT_A39', identifiers: survivor, more: [`MRG|${given}`], ...more });

let hl7: Hl7World;

/** Ana holds MRN-0001, and ben MRN-0002 with a number of the laboratory. */
beforeEach(async () => {
  hl7 = await hl7World();
  await register(hl7.world, 'ben', {
    identifiers: [mrn('MRN-0002'), { system: '1.2.3', value: '7' }],
  });
});

const holder = async (value: string, system = MRN.system) => {
  const held = await hl7.world.ports.patients.byIdentifier({ system, value });
  return held.ok ? held.value.id : held.failure.code;
};

const requests = async () =>
  (await hl7.world.ask('GET /v1/patients/ana/transmit-requests', { as: ANA })).body
    .transmitRequests;

const MERGE = a40(cx('MRN-0001'), cx('MRN-0002'));

describe('an ADT^A40', () => {
  test('merges whom MRG-1 names into whom PID-3 names, and pauses', async () => {
    await share(hl7.world);
    expect(await hl7.saidTo(MERGE)).toBe('AA');
    expect([await holder('MRN-0002'), await holder('7', '1.2.3')]).toEqual(['ana', 'ana']);
    expect(await requests()).toMatchObject([
      { status: 'paused', paused: { code: 'patient/merged' } },
    ]);
  });

  test('sent again changes nothing', async () => {
    const { body } = await share(hl7.world);
    await hl7.saidTo(MERGE);
    const path = `POST /v1/patients/ana/transmit-requests/${body.id}/resume`;
    await hl7.world.ask(path, { as: ANA });
    const before = hl7.world.writes();
    expect(await hl7.saidTo(MERGE)).toBe('AA');
    expect(hl7.world.writes()).toBe(before);
    expect(await requests()).toMatchObject([{ status: 'active' }]);
  });

  test.each([
    ['with others in the list that nobody holds', cx('MRN-0001'), `${cx('9')}~${cx('MRN-0002')}`],
    [
      'with two numbers of the one given up',
      cx('MRN-0001'),
      `${cx('MRN-0002')}~${cx('7', '&1.2.3&ISO')}`,
    ],
    ['where PID-3 repeats what is given up', `${cx('MRN-0001')}~${cx('MRN-0002')}`, cx('MRN-0002')],
    ['where PID-3 says more', `${cx('9', '&1.2.4&ISO')}~${cx('MRN-0001')}`, cx('MRN-0002')],
  ])('%s', async (_, survivor, given) => {
    expect(await hl7.saidTo(a40(survivor, given))).toBe('AA');
    expect(await holder('MRN-0002')).toBe('ana');
  });

  test('goes on along a chain, also told in another order than it happened', async () => {
    await register(hl7.world, 'cyd', { identifiers: [mrn('MRN-0003')] });
    const first = a40(cx('MRN-0002'), cx('MRN-0001'), { controlId: '1' });
    const second = a40(cx('MRN-0003'), cx('MRN-0002'), { controlId: '2' });
    expect([await hl7.saidTo(first), await hl7.saidTo(second)]).toEqual(['AA', 'AA']);
    expect(await holder('MRN-0001')).toBe('cyd');
    expect([await hl7.saidTo(first), await hl7.saidTo(second)]).toEqual(['AA', 'AA']);
    expect(await holder('MRN-0001')).toBe('cyd');
  });

  test('told both ways round is done once: by then both numbers are of one patient', async () => {
    await hl7.saidTo(MERGE);
    expect(await hl7.saidTo(a40(cx('MRN-0002'), cx('MRN-0001'), { controlId: '2' }))).toBe('AA');
    expect([await holder('MRN-0001'), await holder('MRN-0002')]).toEqual(['ana', 'ana']);
  });

  test('about numbers that nobody here holds is agreed to, and nothing follows', async () => {
    const before = hl7.world.writes();
    const [, msa] = await hl7.answerTo(a40(cx('MRN-0008'), cx('MRN-0009')));
    expect(msa?.slice(1)).toEqual(['AA', 'MSG-1', 'Nothing follows from this message.']);
    expect(hl7.world.writes()).toBe(before);
  });

  test('in training is agreed to, and nothing follows', async () => {
    expect(await hl7.saidTo(MERGE.replace('|P|2.5.1', '|T|2.5.1'))).toBe('AA');
    expect(await holder('MRN-0002')).toBe('ben');
  });
});

describe('an ADT^A40 is refused', () => {
  test.each([
    ['AR', 'trigger/hl7-malformed', 'without MRG', a40('', '').replace(/MRG.*\r/, '')],
    ['AR', 'trigger/hl7-malformed', 'two pairs', `${MERGE}PID|1||${cx('1')}\rMRG|${cx('2')}\r`],
    ['AR', 'trigger/hl7-malformed', 'no authority', a40(cx('MRN-0001'), 'MRN-0002')],
    ['AR', 'patient/same', 'into itself', a40(cx('MRN-0001'), cx('MRN-0001'))],
    ['AE', 'patient/unknown', 'the survivor is not registered', a40(cx('9'), cx('MRN-0002'))],
  ] as const)('%s %s: %s', async (answer, code, _, message) => {
    await hl7.expectKeptOut(answer, code, message);
  });

  test('AE patient/ambiguous: two patients are named on one side', async () => {
    await register(hl7.world, 'cyd', { identifiers: [mrn('MRN-0003')] });
    const two = `${cx('MRN-0002')}~${cx('MRN-0003')}`;
    await hl7.expectKeptOut('AE', 'patient/ambiguous', a40(cx('MRN-0001'), two));
    await hl7.expectKeptOut('AE', 'patient/ambiguous', a40(two, cx('MRN-0001')));
  });

  test('AE edge/forbidden: the client may report events, and register nobody', async () => {
    const answer = await hl7.post(MERGE, { ...SYSTEM, scopes: ['event.write'] });
    expect(String(answer.body)).toContain('MSA|AE|MSG-1');
    expect(String(answer.body)).toContain('edge/forbidden');
    expect(await holder('MRN-0002')).toBe('ben');
  });
});
