import { Fn, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  GeoRestriction,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  type ResponseHeadersPolicy,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Portal } from '../portal-settings.ts';
import { PortalHeaders } from './portal-headers.ts';

export interface PortalDistributionProps {
  readonly stage: string;
  readonly bucket: Bucket;
  readonly apiUrl: string;
  /** Where the pages get their tokens. */
  readonly tokenUrl: string;
  readonly portal: Portal;
}

/**
 * Gives the hosted pages to browsers, and takes their calls of the API at the same name. Nothing is written down of who
 * opened what: a path of the API names a patient. There are no pages for errors either: they would stand in the place of what
 * the API answers.
 */
export class PortalDistribution extends Construct {
  /** What CloudFront calls it. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: PortalDistributionProps) {
    super(scope, id);
    const { stage, bucket, apiUrl, tokenUrl, portal } = props;
    // Names of CloudFront are those of all regions of an account.
    const prefix = `direct-transmit-${stage}-${Stack.of(this).region}`;
    const headers = new PortalHeaders(this, 'Headers', { prefix, tokenOrigin: originOf(tokenUrl) });
    const files = S3BucketOrigin.withOriginAccessControl(bucket, {
      originAccessControl: new S3OriginAccessControl(this, 'Access', {
        originAccessControlName: prefix,
      }),
    });
    const given = (responseHeadersPolicy: ResponseHeadersPolicy): BehaviorOptions => ({
      origin: files,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    });
    const distribution = new Distribution(this, 'Pages', {
      comment: `Direct Transmit, ${stage}: the hosted pages`,
      defaultRootObject: 'index.html',
      defaultBehavior: given(headers.pages),
      additionalBehaviors: {
        '/share-with-direct*': given(headers.component),
        '/v1/*': callingThe(apiUrl),
      },
      httpVersion: HttpVersion.HTTP2_AND_3,
      // North America and Europe: from elsewhere nobody opens them.
      priceClass: PriceClass.PRICE_CLASS_100,
      geoRestriction: GeoRestriction.allowlist(...portal.countries),
      ...this.#named(portal),
    });
    this.name = distribution.distributionDomainName;
  }

  #named({ domain }: Portal) {
    if (!domain) return {};
    return {
      domainNames: [domain.name],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    };
  }
}

/** The API, with all that a call says, its token included: this policy forwards that where nothing is kept. */
const callingThe = (apiUrl: string): BehaviorOptions => ({
  origin: new HttpOrigin(hostOf(apiUrl), {
    protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
    originSslProtocols: [OriginSslPolicy.TLS_V1_2],
  }),
  allowedMethods: AllowedMethods.ALLOW_ALL,
  cachePolicy: CachePolicy.CACHING_DISABLED,
  originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
  compress: false,
  // A call in clear has shown its token already: it is refused, not sent elsewhere.
  viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
});

/** Of a URL that may only be known when it is deployed: `https:`, nothing, the host, the path. */
const partOf = (url: string, at: number): string => Fn.select(at, Fn.split('/', url));
const hostOf = (url: string): string => partOf(url, 2);
const originOf = (url: string): string => `${partOf(url, 0)}//${hostOf(url)}`;
