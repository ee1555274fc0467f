import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Deployment } from '../assembly/deployment.ts';
import { ACCOUNT, REGION } from '../assembly/physical.ts';
import { ASYNC_LIMIT_BYTES } from '../functions/function-pool.ts';
import type { Functions } from '../functions/functions.ts';

const Rule = z.object({
  ScheduleExpression: z.string().optional(),
  State: z.string().default('ENABLED'),
  Targets: z.array(z.object({ Arn: z.string(), Input: z.string().optional() })).default([]),
});

const Schedule = z.object({
  ScheduleExpression: z.string(),
  State: z.string().default('ENABLED'),
  Target: z.object({ Arn: z.string(), Input: z.string().optional() }),
});

interface Job {
  readonly arn: string;
  readonly minutes: number;
  readonly target: string;
  readonly input?: string;
}

const MINUTES = { minute: 1, hour: 60, day: 1440 } as const;

/**
 * The minutes between two runs of `rate(...)`.
 *
 * @throws Error for another form: what runs at a time of day does not run here
 */
export function minutesOf(expression: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (!count || !unit) throw new Error(`The local system does not know the schedule ${expression}`);
  return Number(count) * MINUTES[unit as keyof typeof MINUTES];
}

/**
 * Calls functions by the schedules of the template.
 *
 * @param minuteLastsSeconds how long a minute of a schedule lasts here: 60, or less for the impatient
 * @returns stops them
 */
export function startSchedules(
  deployment: Deployment,
  functions: Functions,
  minuteLastsSeconds: number,
): () => void {
  const timers = jobsOf(deployment).map((job) => {
    let running = false;
    const run = async (): Promise<void> => {
      // A run that takes longer than its interval is not joined by another: minutes may be short here.
      if (running) return;
      running = true;
      // A failure is in the log of the function already.
      await functions
        .get(job.target)
        .invoke(eventOf(job), ASYNC_LIMIT_BYTES)
        .catch(() => undefined);
      running = false;
    };
    return setInterval(() => void run(), job.minutes * minuteLastsSeconds * 1000);
  });
  return () => timers.forEach((timer) => clearInterval(timer));
}

function jobsOf(deployment: Deployment): Job[] {
  const rules = deployment.resources('AWS::Events::Rule', Rule).flatMap((rule) =>
    rule.properties.Targets.map((target) => ({
      arn: String(rule.attributes['Arn']),
      target,
      ...rule.properties,
    })),
  );
  const schedules = deployment
    .resources('AWS::Scheduler::Schedule', Schedule)
    .map(({ attributes, properties }) => ({
      arn: String(attributes['Arn']),
      target: properties.Target,
      ...properties,
    }));
  return [...rules, ...schedules]
    .filter((each) => each.State === 'ENABLED' && each.target.Arn.includes(':function:'))
    .flatMap(({ arn, target, ScheduleExpression: expression }) =>
      expression === undefined
        ? []
        : [
            {
              arn,
              minutes: minutesOf(expression),
              target: target.Arn,
              ...(target.Input !== undefined && { input: target.Input }),
            },
          ],
    );
}

const eventOf = (job: Job): unknown =>
  job.input === undefined
    ? {
        version: '0',
        id: randomUUID(),
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: ACCOUNT,
        time: new Date().toISOString(),
        region: REGION,
        resources: [job.arn],
        detail: {},
      }
    : JSON.parse(job.input);
