import { withJson } from '../../shared/edge/http/body.ts';
import type { Answer } from '../../shared/edge/http/call.ts';
import { onHttp } from '../../shared/edge/http.ts';
import { parseDirectAddress } from '../../shared/ids.ts';
import type { Log } from '../../shared/log.ts';
import { done, failAt, type Outcome } from '../../shared/outcome.ts';
import { type ReachabilityPorts, reachabilityOf } from '../../shared/trust/reachability.ts';
import { ROUTES } from './route.ts';
import { AddressBody } from './schema.ts';

export interface AddressPorts extends ReachabilityPorts {
  readonly log: Log;
}

/** Says of an address, before anything is asked for, whether a record could reach it securely. */
export const makeHandler = (ports: AddressPorts) =>
  onHttp(
    ROUTES,
    {
      'POST /v1/direct-addresses/check': withJson(AddressBody, (_call, body) =>
        answer(body, ports),
      ),
    },
    ports.log,
  );

async function answer(
  { address: text }: AddressBody,
  ports: ReachabilityPorts,
): Promise<Outcome<Answer>> {
  const address = parseDirectAddress(text);
  return address.ok
    ? done({ status: 200, body: await reachabilityOf(address.value, ports) })
    : failAt('discover/bad-address', [{ pointer: '/address', code: 'not-an-address' }]);
}
