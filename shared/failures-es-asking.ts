import type { ASKING_FAILURES } from './failures-asking.ts';

/** What the refusals of those who consent, ask or report an event say in Spanish. */
export const ASKING_SAYS = {
  'consent/unknown': 'No existe ese consentimiento.',
  'consent/unknown-text': 'No existe ese texto de consentimiento.',
  'consent/outdated-text': 'El texto de consentimiento ha cambiado desde que se leyó.',
  'consent/text-mismatch': 'El texto que se mostró no es el de esa versión.',
  'consent/basis-missing': 'No se dice cómo aceptó el paciente ni cómo se comprobó su identidad.',
  'consent/authority-missing': 'No se dice con qué autoridad actúa usted por el paciente.',
  'consent/authority-ended': 'La autoridad para actuar por el paciente ha terminado.',
  'consent/not-accepted': 'El paciente no ha aceptado que se comparta el expediente.',
  'consent/renew': 'El texto de consentimiento ha cambiado desde que el paciente lo aceptó.',
  'consent/too-many': 'El paciente ha respondido 1,000 veces, y no se guardan más respuestas.',
  'transmit-request/unknown': 'No existe esa solicitud.',
  'transmit-request/unknown-frequency': 'Este sistema no conoce esa frecuencia.',
  'transmit-request/no-address': 'Una solicitud necesita una dirección Direct.',
  'transmit-request/too-many-addresses': 'En una solicitud caben diez direcciones, y no más.',
  'transmit-request/too-many-requests':
    'El paciente tiene demasiadas solicitudes: puede haber 25 activas y se guardan 1,000 en total.',
  'transmit-request/unknown-address': 'La solicitud no incluye esa dirección.',
  'transmit-request/unknown-sender':
    'Quien guarda el expediente no tiene esa dirección para enviar.',
  'transmit-request/own-address': 'Esta es la dirección desde la que se envía el expediente.',
  'transmit-request/revoked': 'El envío se detuvo antes de que saliera esta copia.',
  'transmit-request/none': 'El paciente no tiene en marcha ningún envío a ese destinatario.',
  'transmit-request/bad-schedule': 'No es un horario que se pueda cumplir.',
  'transmit-request/bad-filter':
    'La solicitud nombra un suceso que este sistema no conoce, o nombra sucesos con una frecuencia que no los tiene.',
  'transmit-request/paused': 'El envío está en pausa.',
  'transmit-request/review-overdue': 'Nadie ha dicho que el envío deba continuar.',
  'transmit-request/not-paused': 'La solicitud no está en pausa.',
  'transmit-request/address-failing':
    'Las últimas copias a esta dirección fallaron, y no se envían más hasta que se compruebe.',
  'transmit-request/expired': 'La solicitud ha llegado a su fecha final.',
  'transmit-request/one-copy': 'La solicitud pide una copia para cada dirección, y no más.',
  'transmit-request/not-once':
    'Un envío que continúa no se puede convertir en el de una sola copia.',
  'transmit-request/too-many-changes':
    'La solicitud se cambió 25 veces para enviar más, y no admite otro cambio así.',
  'trigger/unknown': 'No existe ese motivo de envío.',
  'trigger/unknown-type': 'Este sistema no conoce ese tipo de suceso.',
  'trigger/patient-unnamed': 'El aviso no dice de qué único paciente trata el suceso.',
  'trigger/bad-time': 'La hora del suceso no se puede leer o está en el futuro.',
  'trigger/event-id-reused': 'Este identificador de suceso ya se usó para otro suceso.',
  'trigger/hl7-malformed': 'Eso no es un mensaje de HL7 v2 que se pueda leer.',
  'trigger/hl7-batch': 'Los mensajes de HL7 v2 se reciben de uno en uno.',
  'trigger/hl7-charset':
    'El juego de caracteres del mensaje no se lee aquí, o el texto no está escrito en él.',
  'trigger/hl7-merge': 'Los registros de pacientes no se pueden unir con un mensaje así.',
} as const satisfies Record<keyof typeof ASKING_FAILURES, string>;
