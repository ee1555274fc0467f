import type { Now } from '../../shared/clock.ts';
import { answerOf, type Said, sameAnswer } from '../../shared/consent/answer.ts';
import type { Consent, ConsentText } from '../../shared/consent/consent.ts';
import type { Cursors } from '../../shared/cursors.ts';
import type { ConsentStore } from '../../shared/consent/store.ts';
import { added } from '../../shared/consent/add.ts';
import { consentTexts, currentText, textOf } from '../../shared/consent/texts.ts';
import { withJson } from '../../shared/edge/http/body.ts';
import type { Answer, Call, KeyedCall } from '../../shared/edge/http/call.ts';
import { answerPage } from '../../shared/edge/http/page.ts';
import { type HttpPorts, onHttp } from '../../shared/edge/http.ts';
import { actorOf } from '../../shared/edge/identity/principal.ts';
import { consentIdOf } from '../../shared/ids.ts';
import { done, fail, type Outcome } from '../../shared/outcome.ts';
import { pagesOf, placeOf } from '../../shared/page.ts';
import { registered } from '../../shared/patient/registered.ts';
import type { PatientStore } from '../../shared/patient/store.ts';
import { isRunning } from '../../shared/transmit-request/running.ts';
import type { TransmitRequestStore } from '../../shared/transmit-request/store.ts';
import type { Settings } from '../../shared/settings.ts';
import { ROUTES } from './route.ts';
import { ConsentBody } from './schema.ts';

export interface ConsentPorts extends HttpPorts {
  readonly patients: PatientStore;
  readonly consents: ConsentStore;
  readonly cursors: Cursors;
  readonly requests: TransmitRequestStore;
  readonly settings: Pick<Settings, 'consentTexts'>;
  readonly now: Now;
}

/** Shows the text that has to be agreed to, and keeps what the patient answered. */
export function makeHandler(ports: ConsentPorts) {
  const texts = consentTexts(ports.settings.consentTexts);
  return onHttp(
    ROUTES,
    {
      'GET /v1/consent-texts/{language}': async ({ params }) =>
        shown(currentText(texts, params['language'] ?? '')),
      'GET /v1/consent-texts/{language}/{version}': async ({ params }) =>
        shown(textOf(texts, params['language'] ?? '', params['version'] ?? '')),
      'POST /v1/patients/{patientId}/consents': withJson(ConsentBody, (call, said) =>
        record(call, said, texts, ports),
      ),
      'GET /v1/patients/{patientId}/consents': (call) => list(call, ports),
    },
    ports,
  );
}

const shown = (text: Outcome<ConsentText>): Outcome<Answer> =>
  text.ok ? done({ status: 200, body: text.value }) : text;

async function record(
  call: KeyedCall,
  said: Said,
  texts: readonly ConsentText[],
  ports: ConsentPorts,
): Promise<Outcome<Answer>> {
  const patient = await registered(call.params['patientId'], ports.patients);
  if (!patient.ok) return patient;
  const actor = actorOf(call.principal);
  const id = consentIdOf(patient.value.key, actor.subject, call.idempotencyKey);

  const earlier = await ports.consents.get(patient.value.key, id);
  const saying = { id, patient: patient.value, actor, now: ports.now() };
  const consent = earlier.ok ? earlier : answerOf(said, saying, texts);
  if (!consent.ok) return consent;
  const stored = earlier.ok ? earlier : await added(consent.value, ports.consents);
  if (!stored.ok) return stored;
  const kept = stored.value;
  if (!sameAnswer(kept, said, actor)) return fail('edge/key-reused');
  return done({ ...(await recorded(kept, ports)), replayed: earlier.ok });
}

/** A rejection stops nothing by itself: the answer names what is still running, so that somebody can decide. */
async function recorded(consent: Consent, { requests, now }: ConsentPorts): Promise<Answer> {
  if (consent.decision === 'accepted') return { status: 201, body: viewOfConsent(consent) };
  const all = await requests.list(consent.patientKey);
  const runningRequests = all.filter((each) => isRunning(each, now())).map(({ id }) => id);
  return { status: 201, body: { ...viewOfConsent(consent), runningRequests } };
}

async function list(call: Call, ports: ConsentPorts): Promise<Outcome<Answer>> {
  const patient = await registered(call.params['patientId'], ports.patients);
  if (!patient.ok) return patient;
  const { key } = patient.value;
  const pages = pagesOf(() => ports.consents.list(key), place);
  const { cursors } = ports;
  return answerPage(call, { name: 'consents', of: key, cursors }, pages, viewOfConsent);
}

const place = ({ at, id }: Consent): string => placeOf(at, id);

/** All that is kept, but for the key that stands for the patient in the table. */
const viewOfConsent = (consent: Consent): object => ({ ...consent, patientKey: undefined });
