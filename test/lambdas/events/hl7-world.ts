import { expect } from '@jest/globals';
import { FAILURES, type FailureCode } from '../../../shared/failures.ts';
import { triggerIdOf } from '../../../shared/ids.ts';
import type { Differing, HttpWorld } from '../http-world.ts';
import { httpWorld, SYSTEM } from '../http-world.ts';
import { consented } from '../steps.ts';

export const ER7 = { 'content-type': 'x-application/hl7-v2+er7' };

export type Er7 = string | Uint8Array;

/** A world of a consenting patient, and a system that speaks HL7 v2. */
export async function hl7World(differing: Differing = {}) {
  const world = await httpWorld(differing);
  await consented(world);

  const post = (message: Er7, as = SYSTEM) =>
    world.ask('POST /v1/events', {
      as,
      bytes: typeof message === 'string' ? Buffer.from(message) : message,
      headers: ER7,
    });

  /** The segments of the answer, each in its fields. */
  async function answerTo(message: Er7): Promise<readonly string[][]> {
    const { status, headers, body } = await post(message);
    expect([status, headers['content-type']]).toEqual([200, ER7['content-type']]);
    const text = String(body);
    expect(text.endsWith('\r')).toBe(true);
    return text
      .slice(0, -1)
      .split('\r')
      .map((each) => each.split('|'));
  }

  /** MSA-1. */
  const saidTo = async (message: Er7): Promise<string | undefined> =>
    (await answerTo(message))[1]?.[1];

  const kept = (controlId = 'MSG-1', from = [['EHR'], ['1.2.3.4'], ['ISO']]) =>
    world.ports.triggers.get(
      triggerIdOf(`event ${SYSTEM.subject}`, JSON.stringify(['hl7', from, controlId])),
    );

  /** Expects the message to be answered so, and nothing to be stored. */
  async function expectKeptOut(answer: string, code: FailureCode, message: Er7): Promise<void> {
    const before = world.writes();
    const [header, msa, err] = await answerTo(message);
    expect([header?.[0], msa?.[0], msa?.[1]]).toEqual(['MSH', 'MSA', answer]);
    expect([err?.[0], err?.[4], err?.[5]]).toEqual(['ERR', 'E', `${code}^^L`]);
    expect([err?.[8], msa?.[3]]).toEqual([FAILURES[code].says, FAILURES[code].says]);
    expect(world.writes()).toBe(before);
    expect(world.lines.at(-1)).toContain(code);
  }

  return { world: world satisfies HttpWorld, post, answerTo, saidTo, kept, expectKeptOut };
}

export type Hl7World = Awaited<ReturnType<typeof hl7World>>;
