import type { Life } from './life.ts';
import { accountOf } from './account.ts';
import { auditOf } from './reported.ts';
import { unchained } from './chained.ts';
import { leftOver } from './left-over.ts';
import { scheduled } from './scheduled.ts';
import { triggered } from './triggered.ts';
import type { Violation } from './violation.ts';

/** Nothing is lost: every reason to send is served, every copy ends, every end is told, every notice is on record. */
export async function losses(life: Life): Promise<readonly Violation[]> {
  const lost = [
    ...accountOf(life.witness),
    ...leftOver(life),
    ...triggered(life.witness),
    ...scheduled(life.witness),
    ...auditOf(life),
    ...(await unchained(life)),
  ];
  return lost.map((says) => ({ broken: 'lost', says }));
}
