/** Where CloudWatch keeps them; the one dimension is `stage`. */
export const METRICS_NAMESPACE = 'DirectTransmit';

/** Every metric and its unit. Of several addresses or bundles each is a value of its own: alarms look at the worst. */
export const METRICS = {
  /** 1 when strangers find a certificate for a sending address and trust it, else 0. */
  OwnCertificateFindable: 'None',
  /** Whole days until the first certificate to which strangers encrypt runs out; no value while there is none. */
  OwnCertificateDaysLeft: 'Count',
  /** Since a list of anchors was last fetched and found good. */
  BundleAgeSeconds: 'Seconds',
} as const;

export type MetricName = keyof typeof METRICS;

export interface Metrics {
  put(name: MetricName, value: number): void;
}
