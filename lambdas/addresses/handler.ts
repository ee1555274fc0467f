import { AddressBody } from '../../shared/discover/address-body.ts';
import { withJson } from '../../shared/edge/http/body.ts';
import type { Answer, Call } from '../../shared/edge/http/call.ts';
import { type HttpPorts, onHttp } from '../../shared/edge/http.ts';
import { parseDirectAddress } from '../../shared/ids.ts';
import { done, failAt, type Outcome } from '../../shared/outcome.ts';
import { type ReachabilityPorts, traced } from '../../shared/trust/reachability.ts';
import { ROUTES } from './route.ts';

export interface AddressPorts extends HttpPorts, ReachabilityPorts {}

/** Says of an address, before anything is asked for, whether a record could reach it securely. */
export const makeHandler = (ports: AddressPorts) =>
  onHttp(
    ROUTES,
    {
      'POST /v1/direct-addresses/check': withJson(AddressBody, (call, body) =>
        answer(body, call, ports),
      ),
    },
    ports,
  );

/** How it was found out is for operators: names of servers tell a patient nothing, and a stranger too much. */
async function answer(
  { address: text }: AddressBody,
  { principal: { kind }, language }: Call,
  ports: ReachabilityPorts,
): Promise<Outcome<Answer>> {
  const address = parseDirectAddress(text);
  if (!address.ok) {
    return failAt('discover/bad-address', [{ pointer: '/address', code: 'not-an-address' }]);
  }
  const { reachability, trace } = await traced(address.value, language, ports);
  const body = kind === 'admin' ? { ...reachability, trace } : reachability;
  return done({ status: 200, body, language });
}
