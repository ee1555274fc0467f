import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import {
  type Authorized,
  authorize,
  type VerifyToken,
} from '../../shared/edge/identity/authorize.ts';

export interface AuthorizerPorts {
  readonly verify: VerifyToken;
}

/** Asked by the HTTP API before every route that is not public. A lost connection to the issuer is thrown: no answer. */
export const makeHandler =
  ({ verify }: AuthorizerPorts) =>
  (event: Pick<APIGatewayRequestAuthorizerEventV2, 'headers'>): Promise<Authorized> =>
    authorize(event.headers?.['authorization'], verify);
