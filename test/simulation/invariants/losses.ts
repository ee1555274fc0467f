import type { Life } from './life.ts';
import { accountOf } from './account.ts';
import { auditOf } from './reported.ts';
import { leftOver } from './left-over.ts';
import { triggered } from './triggered.ts';
import type { Violation } from './violation.ts';

/** Nothing is lost: every reason to send is served, every copy ends, every end is told, every notice is on record. */
export const losses = (life: Life): readonly Violation[] =>
  [...accountOf(life.witness), ...leftOver(life), ...triggered(life.witness), ...auditOf(life)].map(
    (says) => ({ broken: 'lost', says }),
  );
