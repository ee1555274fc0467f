import * as z from 'zod';
import type { Deployment } from '../assembly/deployment.ts';
import { headersOf, HeadersPolicy, type Headers } from './headers-policy.ts';

const Behavior = z.object({
  TargetOriginId: z.string(),
  ResponseHeadersPolicyId: z.string().optional(),
  AllowedMethods: z.array(z.string()).default(['GET', 'HEAD']),
});

const Origin = z.object({
  Id: z.string(),
  DomainName: z.string(),
  CustomOriginConfig: z.object({}).optional(),
  S3OriginConfig: z.object({}).optional(),
  OriginAccessControlId: z.string().optional(),
});

const Distribution = z.object({
  DistributionConfig: z.object({
    DefaultRootObject: z.string().default(''),
    DefaultCacheBehavior: Behavior,
    CacheBehaviors: z.array(Behavior.extend({ PathPattern: z.string() })).default([]),
    Origins: z.array(Origin),
    // One that stood there would hide what the API answers.
    CustomErrorResponses: z.undefined().optional(),
  }),
});

/** What becomes of requests to some paths. */
export interface Behaviour {
  readonly matches: (path: string) => boolean;
  readonly methods: readonly string[];
  /** Absent: the API. */
  readonly bucket: string | undefined;
  readonly headers: (fromElsewhere: boolean) => Headers;
}

/** The distribution of a template, as far as it is served here. */
export interface Site {
  /** What is given out where nothing is named. */
  readonly rootObject: string;
  /** The first one that matches is taken. */
  readonly behaviours: readonly Behaviour[];
}

/** @throws Error when it has more than is served here, or reads a bucket that would not let it */
export function siteOf(deployment: Deployment): Site | undefined {
  const [distribution] = deployment.resources('AWS::CloudFront::Distribution', Distribution);
  if (!distribution) return undefined;
  const { DistributionConfig: config } = distribution.properties;
  const policies = new Map(
    deployment
      .resources('AWS::CloudFront::ResponseHeadersPolicy', HeadersPolicy)
      .map(({ ref, properties }) => [ref, properties.ResponseHeadersPolicyConfig]),
  );
  const behaviour = (
    written: z.output<typeof Behavior>,
    matches: Behaviour['matches'],
  ): Behaviour => {
    const policy = policies.get(written.ResponseHeadersPolicyId ?? '');
    const origin = config.Origins.find(({ Id: id }) => id === written.TargetOriginId);
    return {
      matches,
      methods: written.AllowedMethods,
      bucket: origin && bucketOf(origin),
      headers: (fromElsewhere) => (policy ? headersOf(policy, fromElsewhere) : {}),
    };
  };
  return {
    rootObject: config.DefaultRootObject,
    behaviours: [
      ...config.CacheBehaviors.map((each) => behaviour(each, matching(each.PathPattern))),
      behaviour(config.DefaultCacheBehavior, () => true),
    ],
  };
}

function bucketOf(origin: z.output<typeof Origin>): string | undefined {
  if (!origin.S3OriginConfig) return undefined;
  if (!origin.OriginAccessControlId) {
    throw new Error(`CloudFront has no access to the bucket of the origin ${origin.Id}`);
  }
  return origin.DomainName.split('.s3.')[0];
}

/** `*` stands for any characters, `?` for one. */
function matching(pattern: string): (path: string) => boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  const regex = new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
  return (path) => regex.test(path);
}
