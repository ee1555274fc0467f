import { httpWorld, SYSTEM } from '../../lambdas/http-world.ts';
import { register } from '../../lambdas/steps.ts';
import type { TriggerStore } from '../../../shared/trigger/store.ts';
import type { Trigger } from '../../../shared/trigger/trigger.ts';

/**
 * Sends messages one after the other to a system that knows one patient.
 *
 * @returns MSA-1 of each answer, with our code where it refuses (or the status and code of a problem), then what was kept
 */
export async function answersTo(messages: readonly (string | Uint8Array)[]): Promise<string> {
  const world = await httpWorld();
  await register(world);
  const kept = watched(world.ports.triggers);
  const answers: string[] = [];
  for (const message of messages) {
    const { status, body } = await world.ask('POST /v1/events', {
      as: SYSTEM,
      bytes: Buffer.from(message as Uint8Array),
      headers: { 'content-type': 'x-application/hl7-v2+er7' },
    });
    answers.push(status === 200 ? acknowledged(String(body)) : `${status} ${body.code}`);
  }
  return `${answers.join(' ')}: ${kept.map(toldOf).join(', ') || 'nothing'}`;
}

function acknowledged(text: string): string {
  const [, msa, err] = text.split('\r').map((segment) => segment.split('|'));
  const code = err?.[5]?.split('^')[0];
  return [msa?.[1], ...(code === undefined ? [] : [code])].join(' ');
}

const toldOf = ({ kind, cancels }: Trigger): string => (cancels ? `calls off ${kind}` : kind);

/** Everything new that is put there from now on. */
function watched(store: TriggerStore): readonly Trigger[] {
  const kept: Trigger[] = [];
  const add = store.add.bind(store);
  Object.assign(store, {
    add: async (...[trigger, dueAt]: Parameters<TriggerStore['add']>) => {
      const added = await add(trigger, dueAt);
      if (added.ok && added.value === 'added') kept.push(trigger);
      return added;
    },
  });
  return kept;
}
