import * as z from 'zod';
import { HostName } from './named-host.ts';

/** Of the pages, with a certificate of ACM: CloudFront reads those of us-east-1 alone. */
const PortalDomain = z.strictObject({
  name: HostName,
  certificateArn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:acm:us-east-1:[0-9]{12}:certificate\/[A-Za-z0-9-]+$/,
      'arn:aws:acm:us-east-1:<account>:certificate/<id>: CloudFront takes certificates of that region alone',
    ),
});

/** Where care under the law of the United States is given: the states, and what is not one of them. */
const UNITED_STATES = ['US', 'PR', 'GU', 'VI', 'AS', 'MP'];

const REGIONS = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** An old or informal one, `UK` for example, stands for another, and CloudFront knows only that. */
const isCountry = (code: string): boolean =>
  /^[A-Z]{2}$/.test(code) &&
  REGIONS.of(code) !== undefined &&
  new Intl.Locale(`und-${code}`).maximize().region === code;

const PageOfIssuer = z.url({ protocol: /^https$/ });

/** The pages that we host. */
export const Portal = z.strictObject({
  /** A name of their own. Default: the one that CloudFront gives, which the output PortalUrl tells. */
  domain: PortalDomain.optional(),
  /** From where they can be opened: codes of ISO 3166 as `US`. */
  countries: z
    .array(z.string().refine(isCountry, 'write a country as ISO 3166 does: two capital letters'))
    .min(1)
    .max(250)
    .default(UNITED_STATES),
  /** As whom they sign people in with the issuer; of these three, one that is absent must be given when deploying. */
  clientId: z.string().min(1).max(256).optional(),
  /** Where people sign in with the issuer. */
  authorizeUrl: PageOfIssuer.optional(),
  /** Where the pages get tokens of the issuer, which has to let them in from a browser. */
  tokenUrl: PageOfIssuer.optional(),
});

export type Portal = z.infer<typeof Portal>;
