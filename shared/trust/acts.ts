import type { Language } from '../language.ts';
import { done, type Outcome } from '../outcome.ts';
import type { Patient } from '../patient/patient.ts';
import { type Amending, amendOne, type AmendPorts } from '../transmission/amend.ts';
import { stopAll, stopOne, type StopPorts } from '../transmission/stop.ts';
import { type Named, readNamed } from '../transmit-request/named.ts';
import type { Resuming } from '../transmit-request/standing/resume.ts';
import { type Shown, viewOfRequest } from '../transmit-request/view.ts';
import { letGoOn } from '../trigger/let-go-on.ts';
import { type Extra, sendExtra } from '../trigger/send-extra.ts';
import { share, type SharePorts } from '../trigger/share.ts';
import { type ReachabilityPorts, withReachability } from './reachability.ts';

/** Everything that somebody can have done about one request, each of it with the request as it is then. */

export interface ActPorts extends SharePorts, AmendPorts, StopPorts, ReachabilityPorts {
  readonly ledger: StopPorts['ledger'];
  readonly consents: SharePorts['consents'];
  readonly settings: SharePorts['settings'] & ReachabilityPorts['settings'];
}

/** Who asks, about which request, of which version; and in which language the answer is. */
export interface Asker extends Pick<Amending, 'actor' | 'mayAdd'> {
  readonly patient: Patient;
  readonly requestId: string | undefined;
  readonly ifMatch: string | undefined;
  readonly language: Language;
}

export interface KeyedAsker extends Asker {
  readonly idempotencyKey: string;
}

/** @failure the codes of `share` */
export const create = async (
  asker: KeyedAsker,
  body: Parameters<typeof share>[0],
  ports: ActPorts,
): Promise<Outcome<Shown>> =>
  // The request is kept by then: what the directories say, or do not say in time, changes nothing of it.
  withReachability(await share(body, asker, ports), asker.language, ports);

/** @failure the codes of `amendOne` */
export const amend = async (
  asker: Asker,
  wish: Amending['asked'] & Pick<Amending, 'onBehalf'>,
  ports: ActPorts,
): Promise<Outcome<Shown>> => {
  const amended = await amendOne({ ...asker, onBehalf: wish.onBehalf, asked: wish }, ports);
  return withReachability(amended, asker.language, ports);
};

/** @failure the codes of `sendExtra` */
export const send = (
  asker: KeyedAsker,
  { addresses }: Pick<Extra, 'addresses'>,
  ports: ActPorts,
): Promise<Outcome<Shown>> => sendExtra({ ...asker, addresses }, ports);

/** @failure the codes of `stopOne` */
export const revoke = (
  { patient, actor, ...named }: Asker,
  { address }: Pick<Named, 'address'>,
  ports: ActPorts,
): Promise<Outcome<Shown>> => stopOne(patient.key, { ...named, address }, actor, ports);

/** @failure the codes of `letGoOn` */
export const resume = async (
  { patient, actor, ...named }: Asker,
  { address, onBehalf }: Pick<Named, 'address'> & Pick<Resuming, 'onBehalf'>,
  ports: ActPorts,
): Promise<Outcome<Shown>> => {
  const resumed = await letGoOn({ patient, actor, onBehalf }, { ...named, address }, ports);
  return resumed.ok ? done({ request: resumed.value }) : resumed;
};

/** Everything of the patient. */
export const revokeAll = async (
  { patient, actor, language }: Asker,
  ports: ActPorts,
): Promise<object> => {
  const { requests, inFlight } = await stopAll(patient.key, actor, ports);
  return { transmitRequests: requests.map((each) => viewOfRequest(each, language)), inFlight };
};

/** @failure transmit-request/unknown */
export const read = (
  { patient, requestId }: Asker,
  { requests }: Pick<ActPorts, 'requests'>,
): Promise<Outcome<Shown>> => readNamed(patient.key, requestId, requests);
