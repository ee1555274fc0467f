import { expect } from '@jest/globals';
import type { Identity } from '../../../shared/secure/keys.ts';
import { openMessage } from '../../../shared/secure/open.ts';
import { cpuMsOf } from '../../support/cpu.ts';
import { encryptEntity, signEntity } from './entities.ts';
import { draft, person } from './people.ts';

/** Bad messages, and what becomes of them. */

export const MB = 1_000_000;

export const sender = await person('sender');
export const reader = await person('green');

export const wrapped = (message: Uint8Array | string): Buffer =>
  Buffer.concat([Buffer.from('Content-Type: message/rfc822\r\n\r\n'), Buffer.from(message)]);
export const text = (bytes: number): string =>
  `From: a@b.example\r\n\r\n${'The whole record. \r\n'.repeat(Math.ceil(bytes / 20))}`;
export const signed = (entity: Uint8Array): Promise<Uint8Array> =>
  signEntity(entity, sender, draft.date);
export const encrypted = (entity: Uint8Array | string): Uint8Array =>
  encryptEntity(Buffer.from(entity), [reader.certificate]);
export const goodMessage = async (bytes: number): Promise<Uint8Array> =>
  encrypted(await signed(wrapped(text(bytes))));

const goodMs = new Map<number, Promise<number>>();

/** What it costs to open a good message that is not larger. */
function costOfGood(bytes: number): Promise<number> {
  const step = Math.floor(bytes / 100_000);
  const cost =
    goodMs.get(step) ??
    goodMessage(step * 70_000).then((good) =>
      cpuMsOf(() => {
        expect(openMessage(good, [reader]).ok).toBe(true);
      }),
    );
  goodMs.set(step, cost);
  return cost;
}

/** The verdict, in not more than twenty times of what a good message of that size takes. */
export async function verdictOn(
  raw: Uint8Array,
  identities: readonly Identity[] = [reader],
): Promise<string> {
  let verdict = '';
  const spentMs = cpuMsOf(() => {
    const opened = openMessage(raw, identities);
    verdict = opened.ok ? 'opened' : opened.failure.code;
  });
  expect(spentMs).toBeLessThan(20 * Math.max(await costOfGood(raw.length), 1));
  return verdict;
}
