import { Duration } from 'aws-cdk-lib';
import { HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';

export interface PortalHeadersProps {
  /** Of the names of the policies. */
  readonly prefix: string;
  /** Where the pages get their tokens. */
  readonly tokenOrigin: string;
}

/**
 * What a browser lets our pages do: their own scripts, styles and pictures, calls to where they come from and to the issuer.
 * Nobody can put them into a frame, and no text becomes a script.
 */
const mayDo = (tokenOrigin: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${tokenOrigin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

const NO_DEVICES = 'camera=(), geolocation=(), microphone=(), payment=(), usb=()';

const ALWAYS = {
  contentTypeOptions: { override: true },
  strictTransportSecurity: {
    accessControlMaxAge: Duration.days(730),
    // The name may be one under which the data holder has other hosts.
    includeSubdomains: false,
    override: true,
  },
  referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
};

/** The headers that CloudFront puts on what it gives out. */
export class PortalHeaders extends Construct {
  /** On pages, and on all that is theirs. */
  readonly pages: ResponseHeadersPolicy;
  /** On the component, which pages of others embed. */
  readonly component: ResponseHeadersPolicy;

  constructor(scope: Construct, id: string, { prefix, tokenOrigin }: PortalHeadersProps) {
    super(scope, id);
    this.pages = new ResponseHeadersPolicy(this, 'Pages', {
      responseHeadersPolicyName: `${prefix}-pages`,
      securityHeadersBehavior: {
        ...ALWAYS,
        contentSecurityPolicy: { contentSecurityPolicy: mayDo(tokenOrigin), override: true },
      },
      customHeadersBehavior: always({
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Resource-Policy': 'same-origin',
        'Permissions-Policy': NO_DEVICES,
      }),
    });
    this.component = new ResponseHeadersPolicy(this, 'Component', {
      responseHeadersPolicyName: `${prefix}-component`,
      securityHeadersBehavior: ALWAYS,
      corsBehavior: {
        accessControlAllowOrigins: ['*'],
        accessControlAllowMethods: ['GET', 'HEAD'],
        accessControlAllowHeaders: ['*'],
        accessControlAllowCredentials: false,
        originOverride: true,
      },
      customHeadersBehavior: always({ 'Cross-Origin-Resource-Policy': 'cross-origin' }),
    });
  }
}

const always = (headers: Readonly<Record<string, string>>) => ({
  customHeaders: Object.entries(headers).map(([header, value]) => ({
    header,
    value,
    override: true,
  })),
});
