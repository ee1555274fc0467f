import type { EDGE_FAILURES } from './failures-edge.ts';

/** What the refusals at the door say in Spanish. */
export const EDGE_SAYS = {
  'edge/malformed': 'La solicitud no tiene la forma que esta dirección admite.',
  'edge/too-large': 'La solicitud es más grande de lo que esta dirección admite.',
  'edge/not-found': 'Aquí no hay nada, o nada que usted pueda ver.',
  'edge/unsupported-media': 'Esta dirección no admite ese tipo de contenido.',
  'edge/unauthenticated': 'La solicitud no lleva un token válido aquí.',
  'edge/token-expired': 'El token ha caducado o todavía no es válido.',
  'edge/token-revoked': 'Este inicio de sesión fue anulado.',
  'edge/sign-in-weak': 'El inicio de sesión no fue lo bastante seguro o ya no es reciente.',
  'edge/step-up-needed': 'Para esto debe iniciar sesión de nuevo o de una forma más segura.',
  'edge/certificate-expired': 'El certificado del cliente ha caducado o todavía no es válido.',
  'edge/forbidden': 'El token no permite hacer esto.',
  'edge/key-missing': 'Aquí hace falta una cabecera Idempotency-Key.',
  'edge/key-reused': 'Esta Idempotency-Key ya se usó para otra solicitud.',
  'edge/key-in-progress': 'La primera solicitud con esta Idempotency-Key aún se está atendiendo.',
  'edge/too-many-requests': 'Hubo demasiadas solicitudes en poco tiempo.',
  'edge/bad-cursor': 'Ese no es un lugar de esta lista.',
  'edge/precondition-missing': 'Un cambio debe indicar de qué versión del recurso parte.',
  'edge/precondition-failed': 'El recurso ha cambiado desde que se leyó.',
  'edge/intake-stopped': 'El servicio no recibe nada nuevo por ahora.',
  'edge/unavailable': 'El servicio no puede responder en este momento.',
  'edge/failed': 'Algo falló de nuestro lado.',
} as const satisfies Record<keyof typeof EDGE_FAILURES, string>;
