import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { er7 } from '../../trigger/hl7/messages.ts';
import { MRN, register } from '../steps.ts';
import { OBR } from './hl7-results.ts';
import { hl7World } from './hl7-world.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/events.md'), 'utf8');

/** Message and what the page says that it is. */
const ROWS = [
  ...PAGE.matchAll(/^\| `([A-Z]{3}\^[A-Z]\d\d)` *\|[^|]*\| (calls off )?`([a-z-]+)`/gm),
].map(([, message = '', off, kind = '']) => [message, kind, off !== undefined] as const);

/** The messages that are posted in its examples. */
const SHOWN = [...PAGE.matchAll(/printf '%s\\r' \\\n([^]*?)\|\n/g)].map(([, shown = '']) =>
  [...shown.matchAll(/'([^']+)'/g)].map(([, segment]) => `${segment}\r`).join(''),
);

describe('docs/events.md', () => {
  test('tells of every message that is asked of this system', () => {
    const asked = ['A01', 'A02', 'A03', 'A04', 'A08', 'A11', 'A13', 'A28', 'A31'];
    const messages = [...asked.map((each) => `ADT^${each}`), 'ORU^R01', 'MDM^T02'];
    expect(ROWS.map(([message]) => message)).toEqual(expect.arrayContaining(messages));
  });

  test.each(ROWS)('says what comes of %s: %s', async (type, kind, cancels) => {
    const { answerTo, kept } = await hl7World();
    await answerTo(er7({ type, more: [OBR('F')] }));
    expect(await kept()).toMatchObject({ value: { kind, ...(cancels ? { cancels } : {}) } });
  });

  test('shows a message that is taken', async () => {
    const { saidTo, kept } = await hl7World();
    expect(await saidTo(SHOWN[0] ?? '')).toBe('AA');
    expect(await kept('MSG-1', [['EHR']])).toMatchObject({
      value: { kind: 'discharge', patientId: 'ana', occurredAt: '2026-11-22T12:00:00.000Z' },
    });
  });

  test('shows a merge that is made', async () => {
    const { world, saidTo } = await hl7World();
    const given = { ...MRN, value: 'MRN-0002' };
    await register(world, 'ben', { identifiers: [given] });
    expect(await saidTo(SHOWN[1] ?? '')).toBe('AA');
    expect(await world.ports.patients.byIdentifier(given)).toMatchObject({ value: { id: 'ana' } });
    expect(SHOWN).toHaveLength(2);
  });

  test('shows settings that are taken', async () => {
    const shown = /```json\n"triggers": ([^]*?)```/.exec(PAGE)?.[1] ?? '';
    const { saidTo, kept } = await hl7World({ triggers: JSON.parse(shown) });
    await saidTo(er7({ type: 'ADT^A04', identifiers: 'MRN-0001^^^HOUSE' }));
    expect(await kept()).toMatchObject({ value: { kind: 'x-registered' } });
  });
});
