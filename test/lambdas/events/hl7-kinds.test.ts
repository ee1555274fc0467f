import { beforeEach, describe, expect, test } from '@jest/globals';
import { er7, respelled } from '../../trigger/hl7/messages.ts';
import { SYSTEM } from '../http-world.ts';
import { OBR, OBX, oru } from './hl7-results.ts';
import { type Hl7World, hl7World } from './hl7-world.ts';

let hl7: Hl7World;

beforeEach(async () => {
  hl7 = await hl7World();
});

describe('a message', () => {
  test.each([
    ['ADT^A01^ADT_A01', 'transfer'],
    ['ADT^A02^ADT_A02', 'transfer'],
    ['ADT^A03^ADT_A03', 'discharge'],
    ['ADT^A04^ADT_A01', 'record-updated'],
    ['ADT^A08^ADT_A01', 'record-updated'],
    ['ADT^A28^ADT_A05', 'record-updated'],
    ['ADT^A31^ADT_A05', 'record-updated'],
    ['MDM^T02^MDM_T02', 'record-updated'],
    ['ADT^A03', 'discharge'],
  ])('%s is %s', async (type, kind) => {
    expect(await hl7.saidTo(er7({ type }))).toBe('AA');
    const trigger = await hl7.kept();
    expect(trigger).toMatchObject({
      value: { kind, patientId: 'ana', occurredAt: '2026-11-22T12:00:00.000Z' },
    });
    expect(trigger).not.toHaveProperty('value.cancels');
  });

  test.each([
    ['ADT^A11^ADT_A09', 'transfer'],
    ['ADT^A12^ADT_A12', 'transfer'],
    ['ADT^A13^ADT_A01', 'discharge'],
  ])('%s calls off %s', async (type, kind) => {
    expect(await hl7.saidTo(er7({ type }))).toBe('AA');
    expect(await hl7.kept()).toMatchObject({ value: { kind, cancels: true } });
  });

  test('of old systems says in EVN-1 what happened', async () => {
    expect(await hl7.saidTo(er7({ type: 'ADT' }).replace('EVN|', 'EVN|A03'))).toBe('AA');
    expect(await hl7.kept()).toMatchObject({ value: { kind: 'discharge' } });
  });

  test.each(['ADT^A05', 'SIU^S12', 'ACK', 'ADT', '', 'constructor^A01', 'ADT^__proto__'])(
    'of which nothing follows is agreed to, and not kept: %p',
    async (type) => {
      const before = hl7.world.writes();
      const [, msa] = await hl7.answerTo(er7({ type, identifiers: 'none' }));
      expect(msa).toEqual(['MSA', 'AA', 'MSG-1', 'Nothing follows from this message.']);
      expect(hl7.world.writes()).toBe(before);
    },
  );

  test.each(['\n', '\r\n'])('may have lines that end with %j', async (end) => {
    expect(await hl7.saidTo(er7({ end }))).toBe('AA');
  });

  test('may have separators of its own', async () => {
    expect(await hl7.saidTo(respelled(er7(), '|^~\\&', '#!*/+'))).toBe('AA');
    expect(await hl7.kept()).toMatchObject({ value: { patientId: 'ana' } });
  });

  test('may come with a charset in its content type, and as text', async () => {
    const headers = { 'content-type': 'X-Application/HL7-v2+ER7; charset=utf-8' };
    const { status } = await hl7.world.ask('POST /v1/events', { as: SYSTEM, body: er7(), headers });
    expect(status).toBe(200);
    expect(await hl7.kept()).toMatchObject({ ok: true });
  });
});

describe('a result', () => {
  test.each([
    ['final by its order', [OBR('F'), OBX('P')], 'result-available'],
    ['corrected by its order', [OBR('C')], 'result-available'],
    ['final in each observation', [OBR(''), OBX('F'), OBX('C'), OBX('U')], 'result-available'],
    ['final in one of two orders', [OBR('P'), OBX('F'), OBR('F')], 'result-available'],
    ['of images', [OBR('F', 'RAD')], 'image-available'],
    ['of images and others', [OBR('F', 'CT'), OBR('F')], 'result-available'],
    ['of images, others preliminary', [OBR('F', 'RUS'), OBR('P')], 'image-available'],
  ])('%s', async (_, more, kind) => {
    expect(await hl7.saidTo(er7(oru(...more)))).toBe('AA');
    expect(await hl7.kept()).toMatchObject({
      value: { kind, occurredAt: '2026-11-22T12:05:00.000Z' },
    });
  });

  test.each([
    ['preliminary by its order', [OBR('P'), OBX('F')]],
    ['in part', [OBR('A'), OBX('F')]],
    ['called off', [OBR('X')]],
    ['preliminary in one observation', [OBR(''), OBX('F'), OBX('P')]],
    ['of which nobody says how final it is', [OBR(''), OBX('')]],
    ['without observation', [OBR('')]],
    ['without order', [OBX('F')]],
    ['for another patient', [OBR(''), OBX('W')]],
  ])('is waited for: %s', async (_, more) => {
    const before = hl7.world.writes();
    expect(await hl7.saidTo(er7(oru(...more)))).toBe('AA');
    expect(hl7.world.writes()).toBe(before);
  });
});
