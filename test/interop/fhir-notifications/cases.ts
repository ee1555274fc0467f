import { httpWorld, SYSTEM } from '../../lambdas/http-world.ts';
import { register } from '../../lambdas/steps.ts';
import {
  benefit,
  coded,
  encounter,
  focusOn,
  type Noted,
  noted,
  type Notifying,
  report,
  SPELLINGS,
  study,
} from '../../trigger/fhir/notifications.ts';
import type { ToldCase } from '../conformance/told-case.ts';

type Written = (events: readonly Noted[], notifying?: Notifying) => object;
type Row = readonly [
  id: string,
  expected: string,
  ...notifications: (readonly [events: readonly Noted[], notifying?: Notifying])[],
];

interface Told {
  readonly result: string;
  readonly code?: string;
  readonly triggerId?: string;
}

/** Posts notifications one after the other: of each the status, and what is said of its events and its gaps. */
async function answersTo(notifications: readonly object[]): Promise<string> {
  const world = await httpWorld();
  await register(world);
  const answers: string[] = [];
  for (const notification of notifications) {
    const { status, body } = await world.ask('POST /v1/events', {
      as: SYSTEM,
      body: JSON.stringify(notification),
      headers: { 'content-type': 'application/fhir+json' },
    });
    const results = (body.results ?? []) as readonly Told[];
    const told = await Promise.all(
      results.map(async ({ result, code, triggerId }) => {
        if (result !== 'accepted') return code ?? result;
        const kept = await world.ports.triggers.get(triggerId as never);
        return kept.ok ? kept.value.kind : 'lost';
      }),
    );
    const gaps = ((body.gaps ?? []) as readonly { from: number; to: number }[]).map(
      ({ from, to }) => `without ${from}-${to}`,
    );
    answers.push([status, body.code ?? [], ...told, ...gaps].flat().join(' '));
  }
  return answers.join(', ');
}

const whole = (resource: { resourceType: string; id: string }) =>
  [[noted(1, { focus: focusOn(resource), context: [] })], { resources: [resource] }] as const;
const only = (reference: string) => [[noted(1, { focus: { reference } })]] as const;

const ROWS: readonly Row[] = [
  ['handshake', '200', [[], { type: 'handshake', since: 0 }]],
  ['heartbeat', '200', [[], { type: 'heartbeat', since: 0 }]],
  ['id-only-encounter', '202 encounter-ended', only('Encounter/1')],
  ['id-only-report', '202 result-available', only('DiagnosticReport/1')],
  ['id-only-study', '202 image-available', only('ImagingStudy/1')],
  ['id-only-benefit', '202 eob-available', only('ExplanationOfBenefit/1')],
  ['id-only-other', '422 trigger/unknown-type', only('Observation/1')],
  ['id-only-nobody', '422 trigger/patient-unnamed', [[noted(1, { context: [] })]]],
  ['empty', '422 trigger/unknown-type', [[{ number: 1, timestamp: '2026-11-22T11:00:00Z' }]]],
  ['encounter', '202 encounter-ended', whole(encounter())],
  ['inpatient', '202 discharge', whole(encounter({ class: { code: 'IMP' } }))],
  ['in-progress', '202 ignored', whole(encounter({ status: 'in-progress' }))],
  ['final-report', '202 result-available', whole(report())],
  ['corrected-report', '202 result-available', whole(report({ status: 'corrected' }))],
  ['preliminary-report', '202 ignored', whole(report({ status: 'preliminary' }))],
  ['radiology', '202 image-available', whole(report({ category: [coded('RAD')] }))],
  ['study', '202 image-available', whole(study())],
  ['benefit', '202 eob-available', whole(benefit())],
  ['several', '202 encounter-ended encounter-ended', [[noted(1), noted(2)]]],
  ['again', '202 encounter-ended, 202 duplicate', [[noted(1)]], [[noted(1)]]],
  ['gap', '202 encounter-ended, 202 encounter-ended without 2-3', [[noted(1)]], [[noted(4)]]],
  [
    'gap-of-heartbeat',
    '202 encounter-ended, 200 without 2-2',
    [[noted(1)]],
    [[], { type: 'heartbeat', since: 2 }],
  ],
  ['query-event', '400 edge/malformed', [[noted(1)], { type: 'query-event' }]],
  ['query-status', '400 edge/malformed', [[noted(1)], { type: 'query-status' }]],
];

const casesOf = (spelling: string, written: Written): readonly ToldCase[] =>
  ROWS.map(([id, expected, ...notifications]) => ({
    id: `${spelling.toLowerCase()}-${id}`,
    about: `a notification as ${spelling} writes it`,
    expected,
    run: () => answersTo(notifications.map(([events, notifying]) => written(events, notifying))),
  }));

/** Subscriptions R5 Backport 1.1.0 and SubscriptionStatus of R5: what was posted, and what was answered and kept. */
export const FHIR_NOTIFICATION_CASES: readonly ToldCase[] = SPELLINGS.flatMap(
  ([spelling, written]) => casesOf(spelling, written),
);
