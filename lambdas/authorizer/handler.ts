import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import {
  type Authorized,
  authorize,
  type AuthorizePorts,
} from '../../shared/edge/identity/authorize.ts';

/** As much of the event as is looked at; `authentication` is there when the caller came by mutual TLS. */
export interface AuthorizerEvent extends Pick<APIGatewayRequestAuthorizerEventV2, 'headers'> {
  readonly requestContext?: Pick<
    APIGatewayRequestAuthorizerEventV2['requestContext'],
    'authentication'
  >;
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
