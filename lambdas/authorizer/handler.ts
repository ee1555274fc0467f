import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import {
  type Authorized,
  authorize,
  type AuthorizePorts,
} from '../../shared/edge/identity/authorize.ts';

/** As much of the event as is looked at. */
export interface AuthorizerEvent extends Pick<APIGatewayRequestAuthorizerEventV2, 'headers'> {
  readonly requestContext?: {
    /** Of a caller by mutual TLS; of others it is absent or JSON's null. */
    readonly authentication?: { readonly clientCert: { readonly clientCertPem: string } } | null;
  };
}

/** Asked by the HTTP API before every route that is not public. A lost connection to the issuer is thrown: no answer. */
export const makeHandler =
  (ports: AuthorizePorts) =>
  ({ headers, requestContext }: AuthorizerEvent): Promise<Authorized> =>
    authorize(
      {
        authorization: headers?.['authorization'],
        certificate: requestContext?.authentication?.clientCert.clientCertPem,
      },
      ports,
    );
