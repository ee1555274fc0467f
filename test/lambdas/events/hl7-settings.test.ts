import { describe, expect, test } from '@jest/globals';
import { er7 } from '../../trigger/hl7/messages.ts';
import { httpWorld } from '../http-world.ts';
import { MRN } from '../steps.ts';
import { OBR, oru } from './hl7-results.ts';
import { type Hl7World, hl7World } from './hl7-world.ts';

let hl7: Hl7World;

const withHl7 = (own: object) => hl7World({ triggers: { kinds: ['x-registered'], hl7: own } });

describe('settings', () => {
  test('give a message another kind, or none', async () => {
    const kinds = { 'ADT^A04': 'x-registered', 'ADT^A08': 'none', 'ADT^A05': 'transfer' };
    hl7 = await withHl7({ kinds: { ...kinds, 'ADT^A13': 'transfer', 'ADT^A40': 'none' } });
    await hl7.answerTo(er7({ type: 'ADT^A04', controlId: '1' }));
    await hl7.answerTo(er7({ type: 'ADT^A08', controlId: '2' }));
    await hl7.answerTo(er7({ type: 'ADT^A05', controlId: '3' }));
    await hl7.answerTo(er7({ type: 'ADT^A13', controlId: '4' }));
    expect(await hl7.kept('1')).toMatchObject({ value: { kind: 'x-registered' } });
    expect(await hl7.kept('2')).toMatchObject({ ok: false });
    expect(await hl7.kept('3')).toMatchObject({ value: { kind: 'transfer' } });
    expect(await hl7.kept('4')).toMatchObject({ value: { kind: 'transfer', cancels: true } });
    expect(await hl7.saidTo(er7({ type: 'ADT^A40', controlId: '5' }))).toBe('AA');
  });

  test('take even a merge, as what they say that it is', async () => {
    hl7 = await withHl7({ kinds: { 'ADT^A40': 'record-updated' } });
    expect(await hl7.saidTo(er7({ type: 'ADT^A40' }))).toBe('AA');
    expect(await hl7.kept()).toMatchObject({ value: { kind: 'record-updated' } });
  });

  test('give no result that is preliminary another kind', async () => {
    hl7 = await withHl7({ kinds: { 'ORU^R01': 'x-registered' } });
    await hl7.answerTo(er7({ ...oru(OBR('P')), controlId: '1' }));
    await hl7.answerTo(er7({ ...oru(OBR('F', 'RAD')), controlId: '2' }));
    expect(await hl7.kept('1')).toMatchObject({ ok: false });
    expect(await hl7.kept('2')).toMatchObject({ value: { kind: 'x-registered' } });
  });

  test('that name a kind that nobody knows hold the message up', async () => {
    hl7 = await withHl7({ kinds: { 'ADT^A04': 'birthday' } });
    await hl7.expectKeptOut('AE', 'trigger/unknown-type', er7({ type: 'ADT^A04' }));
  });

  test.each(['T', 'D', 'D^T', 'X'])('nothing follows from a message for trial: %s', async (id) => {
    hl7 = await withHl7({});
    const trial = er7({ type: 'ADT^A03' }).replace(/\|P(?=[|^\r])/, `|${id}`);
    expect(trial).toContain(`|${id}|`);
    expect(await hl7.saidTo(trial)).toBe('AA');
    expect(await hl7.kept()).toMatchObject({ ok: false });
  });

  test('let trials count, and what says nothing of it counts', async () => {
    hl7 = await withHl7({ processingIds: ['P', 'T'] });
    const sent = er7({ type: 'ADT^A03' });
    expect(await hl7.saidTo(sent.replace(/\|P(?=[|^\r])/, '|T'))).toBe('AA');
    expect(await hl7.kept()).toMatchObject({ value: { kind: 'discharge' } });
    const silent = er7({ type: 'ADT^A03', controlId: '2' }).replace(/\|P(?=[|^\r])/, '|');
    await hl7.saidTo(silent);
    expect(await hl7.kept('2')).toMatchObject({ value: { kind: 'discharge' } });
  });

  test('say whose numbers those of a namespace are', async () => {
    hl7 = await withHl7({ authorities: { GSP: MRN.system } });
    expect(await hl7.saidTo(er7({ identifiers: 'MRN-0001^^^GSP^MR' }))).toBe('AA');
    expect(await hl7.saidTo(er7({ controlId: '2', identifiers: 'MRN-0001^^^GSP&1.2.3&ISO' }))).toBe(
      'AE',
    );
  });

  test.each([
    [{ kinds: { A04: 'transfer' } }],
    [{ kinds: { 'ADT^A04': '' } }],
    [{ timeZone: 'Mars/Olympus' }],
    [{ timeZone: '-06:00' }],
    [{ zone: 'UTC' }],
  ])('are refused: %j', async (wrong) => {
    await expect(httpWorld({ triggers: { hl7: wrong as object } })).rejects.toThrow('triggers.hl7');
  });
});
