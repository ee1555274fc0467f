import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource } from './templates.ts';

/** What an alarm looks at, as the template has it. */
export interface AlarmMetric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: unknown }[];
  readonly Period: number;
}

/** As much of an alarm as tests look at. */
export interface Alarm extends Partial<AlarmMetric> {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly AlarmActions: readonly unknown[];
  readonly OKActions: readonly unknown[];
  readonly ActionsEnabled?: boolean;
  readonly Threshold: number;
  readonly Metrics?: readonly {
    readonly Expression?: string;
    readonly ReturnData?: boolean;
    readonly MetricStat?: { readonly Metric: AlarmMetric };
  }[];
}

export const alarmsIn = (resources: readonly Resource[]): readonly Alarm[] => {
  const alarms = resources.filter(({ type }) => type === 'AWS::CloudWatch::Alarm');
  if (alarms.length === 0) throw new Error('There is no alarm to look at');
  return alarms.map(({ properties }) => properties as unknown as Alarm);
};

/** What it looks at: one metric, or all that it calculates with. */
export const metricsOf = (alarm: Alarm): readonly AlarmMetric[] =>
  (alarm.Metrics ?? [{ MetricStat: { Metric: alarm } }])
    .flatMap(({ MetricStat }) => MetricStat ?? [])
    .map(({ Metric }) => ({ ...(Metric as AlarmMetric), Dimensions: Metric.Dimensions ?? [] }));

const RUNBOOK = readFileSync(join(import.meta.dirname, '../../../docs/runbook.md'), 'utf8');

const allIn = (pattern: RegExp): readonly string[] =>
  [...RUNBOOK.matchAll(pattern)].map(([, found = '']) => found);

/** What the runbook has a heading for. */
export const headings = (): readonly string[] => allIn(/^### (.+)$/gm);

/** What it writes as code within its lines. */
export const codesInRunbook = (): readonly string[] => allIn(/`([^`\n]+)`/g);
