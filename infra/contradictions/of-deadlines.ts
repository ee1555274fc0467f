import type { Contradiction } from './contradictions.ts';
import { isOnOneMachine } from './stages.ts';

/** How long `send-transmission` may take (infra/stacks/core-stack.ts). */
const WORKER_SECONDS = 120;

/** Another worker would begin with a copy while the first one is still at it. */
const shortLease: Contradiction = ({ settings: { stage, deadlines } }) =>
  !isOnOneMachine(stage) && deadlines.leaseSeconds <= WORKER_SECONDS
    ? [`deadlines.leaseSeconds: a worker may take ${WORKER_SECONDS} seconds over a copy: write more than ${WORKER_SECONDS}`] // prettier-ignore
    : [];

const lateGrace: Contradiction = ({ settings: { deadlines } }) =>
  deadlines.uncertainGraceSeconds >= deadlines.unresolvedAfterSeconds
    ? ['deadlines.unresolvedAfterSeconds: a copy would be given up before it is looked at: write more than deadlines.uncertainGraceSeconds'] // prettier-ignore
    : [];

const neverQuiet: Contradiction = ({ settings: { triggers } }) =>
  triggers.atMostSeconds < triggers.quietSeconds
    ? ['triggers.atMostSeconds: a batch would close before it could be quiet: write at least triggers.quietSeconds'] // prettier-ignore
    : [];

const SECONDS_A_DAY = 86_400;

/** A copy that is tried again is made of the documents that it was begun with. */
const goneBeforeSent: Contradiction = ({ settings: { deadlines, retention } }) =>
  retention.supersededRecordDays * SECONDS_A_DAY < deadlines.retryForSeconds
    ? [`retention.supersededRecordDays: a document would be gone while its copies are tried again: write at least ${Math.ceil(deadlines.retryForSeconds / SECONDS_A_DAY)}`] // prettier-ignore
    : [];

export const ofDeadlines: readonly Contradiction[] = [
  shortLease,
  lateGrace,
  neverQuiet,
  goneBeforeSent,
];
