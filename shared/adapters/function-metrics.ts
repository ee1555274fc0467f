import { Metrics as EmbeddedMetrics } from '@aws-lambda-powertools/metrics';
import { metricDimensions, METRICS, METRICS_NAMESPACE, type Metrics } from '../metrics.ts';

/**
 * Metrics as lines of the log in CloudWatch's Embedded Metric Format: no call is made, and none can fail. Each value is
 * written at once and in a line of its own, so that none is lost with a call that breaks, or told in the next one.
 */
export function functionMetrics({ stage }: { readonly stage: string }): Metrics {
  const { service: serviceName, ...defaultDimensions } = metricDimensions(stage);
  const embedded = new EmbeddedMetrics({
    namespace: METRICS_NAMESPACE,
    serviceName,
    defaultDimensions,
    singleMetric: true,
  });
  return { put: (name, value) => void embedded.addMetric(name, METRICS[name], value) };
}
