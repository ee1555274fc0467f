import type { Answer, AnswerStore } from '../../notification/letter/answer.ts';
import { done, fail } from '../../outcome.ts';
import { agingAttributes, KEYS } from './keys.ts';
import type { Item, Table } from './table.ts';
import { bodyOf, itemOf } from './table/items.ts';
import { AGAIN, optimistically } from './table/optimistic.ts';
import { putOnce } from './table/put-once.ts';

export const answerStore = (table: Table): AnswerStore => ({
  async add(answer) {
    await putOnce(table, answerItem(answer));
  },

  change: (id, decide) =>
    optimistically(table, async () => {
      const item = await table.get(KEYS.answer(id));
      if (!item) return fail('notification/unknown-answer');
      const current = bodyOf(item, 'answer');
      const decided = decide(current);
      if (!decided.ok) return decided;

      const next = { ...decided.value, version: current.version + 1 };
      const when = [{ equals: [['body', 'version'], current.version] } as const];
      const written = await table.write([{ put: answerItem(next), when }]);
      return written.ok ? done(next) : AGAIN;
    }),
});

/** The stream tells of it by kind and id. */
const answerItem = (answer: Answer): Item =>
  itemOf(KEYS.answer(answer.id), 'answer', answer, {
    id: answer.id,
    ...agingAttributes('trace', answer.id, new Date(answer.createdAt)),
  });
