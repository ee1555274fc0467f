import type { ActedForPorts } from '../../shared/consent/acted-for.ts';
import { actedFor } from '../../shared/consent/acted-for.ts';
import { added } from '../../shared/consent/add.ts';
import { answerOf, type Said, sameAnswer } from '../../shared/consent/answer.ts';
import { ConsentBody } from '../../shared/consent/body.ts';
import type { Consent, ConsentText } from '../../shared/consent/consent.ts';
import type { ConsentStore } from '../../shared/consent/store.ts';
import { consentTexts, currentText, textOf } from '../../shared/consent/texts.ts';
import { viewOfConsent } from '../../shared/consent/view.ts';
import type { Cursors } from '../../shared/cursors.ts';
import { about, type ActionAbout } from '../../shared/edge/http/about.ts';
import { withJson } from '../../shared/edge/http/body.ts';
import type { Answer, Call, KeyedCall } from '../../shared/edge/http/call.ts';
import { answerPage } from '../../shared/edge/http/page.ts';
import { type HttpPorts, onHttp } from '../../shared/edge/http.ts';
import { actorOf } from '../../shared/edge/identity/principal.ts';
import { consentIdOf, parseConsentId } from '../../shared/ids.ts';
import { done, fail, type Outcome } from '../../shared/outcome.ts';
import { pagesOf, placeOf } from '../../shared/page.ts';
import type { Patient } from '../../shared/patient/patient.ts';
import type { Settings } from '../../shared/settings.ts';
import { type AnswerPorts, effectOf } from '../../shared/transmission/answer-effect.ts';
import { ROUTES } from './route.ts';

export interface ConsentPorts extends HttpPorts, ActedForPorts, AnswerPorts {
  readonly consents: ConsentStore;
  readonly cursors: Cursors;
  readonly settings: Pick<Settings, 'authority' | 'consentTexts'>;
}

/** Shows the text that has to be agreed to, and keeps what the patient answered. */
export function makeHandler(ports: ConsentPorts) {
  const texts = consentTexts(ports.settings.consentTexts);
  const on = about(ports, (call: Call) => actedFor(call, ports));
  return onHttp(
    ROUTES,
    {
      'GET /v1/consent-texts/{language}': async ({ params }) =>
        shown(currentText(texts, params['language'] ?? '')),
      'GET /v1/consent-texts/{language}/{version}': async ({ params }) =>
        shown(textOf(texts, params['language'] ?? '', params['version'] ?? '')),
      'POST /v1/patients/{patientId}/consents': withJson(ConsentBody, on(recordOn(texts))),
      'GET /v1/patients/{patientId}/consents': on(list),
      'GET /v1/patients/{patientId}/consents/{consentId}': on(read),
    },
    ports,
  );
}

/** May lie in a cache that asks each time whether it still holds. */
const shown = (text: Outcome<ConsentText>): Outcome<Answer> => {
  if (!text.ok) return text;
  const headers = { etag: `"${text.value.sha256}"`, 'cache-control': 'no-cache' };
  return done({ status: 200, body: text.value, headers });
};

type Run<Body extends readonly unknown[] = [], C extends Call = Call> = ActionAbout<
  ConsentPorts,
  Patient,
  Body,
  C
>;

const recordOn =
  (texts: readonly ConsentText[]): Run<[Said], KeyedCall> =>
  async (ports, patient, call, said) => {
    const actor = actorOf(call.principal);
    const id = consentIdOf(patient.key, actor.subject, call.idempotencyKey);
    const earlier = await ports.consents.get(patient.key, id);
    const saying = { id, patient, actor, settings: ports.settings.authority, now: ports.now() };
    const consent = earlier.ok ? earlier : answerOf(said, saying, texts);
    if (!consent.ok) return consent;
    const stored = earlier.ok ? earlier : await added(consent.value, ports.consents);
    if (!stored.ok) return stored;
    const kept = stored.value;
    if (!sameAnswer(kept, said, actor)) return fail('edge/key-reused');
    const body = { ...viewOfConsent(kept), ...(await effectOf(kept, ports)) };
    return done({ status: 201, body, replayed: earlier.ok });
  };

const list: Run = ({ consents, cursors }, { key }, call) => {
  const pages = pagesOf(() => consents.list(key), place);
  return answerPage(call, { name: 'consents', of: key, cursors }, pages, viewOfConsent);
};

const place = ({ at, id }: Consent): string => placeOf(at, id);

const read: Run = async ({ consents }, { key }, { params }) => {
  const id = parseConsentId(params['consentId'] ?? '');
  const consent = id.ok ? await consents.get(key, id.value) : id;
  return consent.ok ? done({ status: 200, body: viewOfConsent(consent.value) }) : consent;
};
