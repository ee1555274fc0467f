import type { DELIVERY_FAILURES } from './failures-delivery.ts';

/** What the refusals while a copy is handed over say in Spanish. */
export const DELIVERY_SAYS = {
  'deliver/too-large':
    'El mensaje con el expediente es más grande de lo que admite el servidor de correo.',
  'deliver/refused': 'El servidor de correo rechazó el mensaje.',
  'deliver/bad-mailbox': 'Ese buzón no existe o no recibe correo.',
  'deliver/mailbox-full': 'El buzón del destinatario está lleno.',
  'deliver/no-way':
    'El servidor de correo no sabe cómo llegar al servidor de correo del destinatario.',
  'deliver/deferred': 'El servidor de correo no aceptó el mensaje por ahora.',
  'deliver/unreachable': 'No se pudo llegar al servidor de correo.',
  'deliver/not-authorized': 'El servidor de correo no acepta nuestras credenciales.',
  'deliver/unanswered':
    'La conexión con el servidor de correo se perdió después de enviar el mensaje.',
  'deliver/unresolved': 'No se sabe si el mensaje salió, y nadie lo decidió a tiempo.',
  'deliver/rate-limited': 'Esperan más copias de las que se pueden entregar al servidor de correo.',
  'deliver/circuit-open':
    'El servidor de correo falló una y otra vez, y se le deja en paz por un tiempo.',
  'deliver/stopped': 'Quien opera el servicio ha detenido todos los envíos por ahora.',
  'deliver/other-way':
    'Se cambió el camino hacia el destinatario, y esta copia pudo haber ido por el anterior.',
  'deliver/awaits-probe':
    'La copia espera hasta que llegue a su dirección un mensaje sin datos de salud.',
  'deliver/probe-failed':
    'Un mensaje sin datos de salud no llegó a la dirección, así que no se le envió ninguna copia.',
  'deliver/suppressed':
    'El servidor de correo ya no entrega a esta dirección, porque antes le devolvieron correo.',
  'deliver/bounced': 'El mensaje fue devuelto: un servidor en su camino no pudo entregarlo.',
  'deliver/bad-content': 'El servidor de correo creyó que el mensaje era dañino y no lo entregó.',
  'deliver/not-uncertain': 'No hay nada que decidir sobre esta copia.',
  'deliver/attempted-since': 'El intento incierto de esta copia es otro.',
} as const satisfies Record<keyof typeof DELIVERY_FAILURES, string>;
