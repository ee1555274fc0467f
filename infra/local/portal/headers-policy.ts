import * as z from 'zod';

const Items = z.object({ Items: z.array(z.string()) });

/** What CloudFront puts on an answer, as the template has it. */
export const HeadersPolicy = z.object({
  ResponseHeadersPolicyConfig: z.strictObject({
    Name: z.string(),
    CorsConfig: z
      .strictObject({
        AccessControlAllowCredentials: z.literal(false),
        AccessControlAllowHeaders: Items,
        AccessControlAllowMethods: Items,
        AccessControlAllowOrigins: z.object({ Items: z.tuple([z.literal('*')]) }),
        OriginOverride: z.literal(true),
      })
      .optional(),
    CustomHeadersConfig: z
      .object({
        Items: z.array(
          z.strictObject({ Header: z.string(), Value: z.string(), Override: z.literal(true) }),
        ),
      })
      .optional(),
    SecurityHeadersConfig: z
      .strictObject({
        ContentSecurityPolicy: z.object({ ContentSecurityPolicy: z.string() }).optional(),
        ContentTypeOptions: z.object({}).optional(),
        ReferrerPolicy: z.object({ ReferrerPolicy: z.string() }).optional(),
        StrictTransportSecurity: z
          .object({ AccessControlMaxAgeSec: z.number(), IncludeSubdomains: z.boolean() })
          .optional(),
      })
      .default({}),
  }),
});

type Config = z.output<typeof HeadersPolicy>['ResponseHeadersPolicyConfig'];

export type Headers = Readonly<Record<string, string>>;

/** @param fromElsewhere whether the request names an origin: only then CloudFront says who may read the answer */
export const headersOf = (config: Config, fromElsewhere: boolean): Headers => ({
  ...securityOf(config),
  ...Object.fromEntries(
    (config.CustomHeadersConfig?.Items ?? []).map(({ Header, Value }) => [
      Header.toLowerCase(),
      Value,
    ]),
  ),
  ...(fromElsewhere && config.CorsConfig && { 'access-control-allow-origin': '*' }),
});

function securityOf({ SecurityHeadersConfig: security }: Config): Headers {
  const { ContentSecurityPolicy: csp, ReferrerPolicy: referrer, StrictTransportSecurity: hsts } = security; // prettier-ignore
  return {
    ...(csp && { 'content-security-policy': csp.ContentSecurityPolicy }),
    ...(security.ContentTypeOptions && { 'x-content-type-options': 'nosniff' }),
    ...(referrer && { 'referrer-policy': referrer.ReferrerPolicy }),
    ...(hsts && {
      'strict-transport-security': `max-age=${hsts.AccessControlMaxAgeSec}${hsts.IncludeSubdomains ? '; includeSubDomains' : ''}`,
    }),
  };
}
