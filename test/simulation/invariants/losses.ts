import type { World } from '../world/world.ts';
import { accountOf } from './account.ts';
import { auditOf } from './reported.ts';
import { leftOver } from './left-over.ts';
import { triggered } from './triggered.ts';
import type { Violation } from './violation.ts';

/** Nothing is lost: every reason to send is served, every copy ends, every end is told, every notice is on record. */
export const losses = (world: World): readonly Violation[] =>
  [
    ...accountOf(world.witness),
    ...leftOver(world),
    ...triggered(world.witness),
    ...auditOf(world),
  ].map((says) => ({ broken: 'lost', says }));
