import type { Now } from '../clock.ts';
import { METRICS, METRICS_NAMESPACE, type Metrics } from '../metrics.ts';

interface Options {
  readonly stage: string;
  readonly now: Now;
  /** @default standard output, which Lambda keeps in the function's log */
  readonly write?: (line: string) => void;
}

/** Metrics as lines of the log in CloudWatch's Embedded Metric Format: no call is made, and none can fail. */
export const functionMetrics = ({
  stage,
  now,
  write = (line) => process.stdout.write(line),
}: Options): Metrics => ({
  put(name, value) {
    const line = {
      _aws: {
        Timestamp: now().getTime(),
        CloudWatchMetrics: [
          {
            Namespace: METRICS_NAMESPACE,
            Dimensions: [['stage']],
            Metrics: [{ Name: name, Unit: METRICS[name] }],
          },
        ],
      },
      stage,
      [name]: value,
    };
    write(`${JSON.stringify(line)}\n`);
  },
});
