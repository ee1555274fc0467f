import type { Language } from '../../language.ts';
import type { Action } from './activity.ts';

type Sentences = Readonly<Record<Action, string>>;

const ENGLISH: Sentences = {
  'consent-accepted': 'The consent text was accepted.',
  'consent-rejected': 'The consent text was rejected.',
  'consent-withdrawn': 'The consent was withdrawn.',
  'request-made': 'It was asked to send the record.',
  'request-changed': 'What was asked for was changed.',
  'request-paused': 'The request was paused.',
  'request-resumed': 'The request goes on.',
  'request-stopped': 'The request was stopped.',
  'review-due': 'Somebody has to say whether the request shall go on.',
  'address-added': 'An address was added.',
  'address-paused': 'An address was paused.',
  'address-resumed': 'Copies go to the address again.',
  'address-stopped': 'An address was stopped.',
  'probe-sent': 'A message without health data was sent to see whether the address can be reached.',
  'probe-failed': 'The message without health data was not confirmed as delivered.',
  'copy-sent': 'A copy of the record was sent.',
  'copy-uncertain': 'A copy of the record may have been sent.',
  'copy-delivered': 'A copy of the record was delivered.',
  'copy-failed': 'A copy of the record was not confirmed as delivered.',
  'copy-stopped': 'A copy of the record was stopped.',
  'document-released': 'A sensitive document was released for sending.',
};

const SPANISH: Sentences = {
  'consent-accepted': 'Se aceptó el texto de consentimiento.',
  'consent-rejected': 'Se rechazó el texto de consentimiento.',
  'consent-withdrawn': 'Se retiró el consentimiento.',
  'request-made': 'Se pidió enviar el expediente.',
  'request-changed': 'Se cambió lo que se había pedido.',
  'request-paused': 'La solicitud quedó en pausa.',
  'request-resumed': 'La solicitud continúa.',
  'request-stopped': 'La solicitud se detuvo.',
  'review-due': 'Alguien tiene que decir si la solicitud debe continuar.',
  'address-added': 'Se añadió una dirección.',
  'address-paused': 'Una dirección quedó en pausa.',
  'address-resumed': 'Se vuelven a enviar copias a la dirección.',
  'address-stopped': 'Se detuvo una dirección.',
  'probe-sent':
    'Se envió un mensaje sin datos de salud para ver si se puede llegar a la dirección.',
  'probe-failed': 'No se confirmó la entrega del mensaje sin datos de salud.',
  'copy-sent': 'Se envió una copia del expediente.',
  'copy-uncertain': 'Es posible que se haya enviado una copia del expediente.',
  'copy-delivered': 'Se entregó una copia del expediente.',
  'copy-failed': 'No se confirmó la entrega de una copia del expediente.',
  'copy-stopped': 'Se detuvo una copia del expediente.',
  'document-released': 'Se autorizó el envío de un documento delicado.',
};

export const SENTENCES: Readonly<Record<Language, Sentences>> = { en: ENGLISH, es: SPANISH };

/** What an action is to a patient, in one sentence that names nobody. */
export const sentenceOfAction = (action: Action, language: Language): string =>
  SENTENCES[language][action];
