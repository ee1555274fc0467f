import type { NOTIFICATION_FAILURES } from './failures-notification.ts';

/** What the refusals of what comes back about a copy say in Spanish. */
export const NOTIFICATION_SAYS = {
  'notification/hisp-failed':
    'El servicio de correo que llevaba la copia al destinatario dijo que no pudo entregarla.',
  'notification/hisp-silent':
    'El servicio de correo que llevaba la copia al destinatario no dijo a tiempo qué pasó con ella.',
  'notification/not-processed':
    'El servicio de correo del destinatario no confirmó el mensaje a tiempo.',
  'notification/no-final-confirmation':
    'El mensaje llegó al servicio de correo del destinatario, pero no se confirmó a tiempo que llegara al buzón.',
  'notification/recipient-failed':
    'El servicio de correo del destinatario dijo que no pudo entregar el mensaje.',
  'notification/not-a-notice': 'El mensaje no es un aviso de entrega.',
  'notification/no-message-id': 'El aviso no dice de qué mensaje trata.',
  'notification/unknown-message': 'El aviso trata de un mensaje que no se envió desde aquí.',
  'notification/wrong-recipient': 'El aviso habla por otro destinatario.',
  'notification/for-another': 'El aviso se escribió a alguien que no es el remitente del mensaje.',
  'notification/too-large':
    'El aviso es más largo, tiene más niveles o trata de más destinatarios de lo que se lee.',
  'notification/unauthenticated':
    'El aviso no está firmado, y no llegó por un camino en el que eso se pueda perdonar.',
  'notification/auto-reply':
    'El mensaje es una respuesta automática o un acuse de lectura; no dice nada de la entrega.',
  'notification/loop':
    'El mensaje viene de aquí o contiene un informe de entrega: responderle podría no terminar nunca.',
  'notification/too-many-letters': 'Hoy llegaron de allí más cartas de las que se contestan.',
  'notification/unknown-answer': 'No existe esa respuesta a una carta.',
  'notification/answered':
    'La carta se contestó, se está contestando, o se renunció a su respuesta.',
  'notification/unanswerable':
    'El camino hacia el autor de la carta solo admite expedientes, y no respuestas.',
  'notification/mailbox-unreachable': 'El buzón no se pudo leer, o no hasta el final.',
  'notification/mailbox-refused':
    'El servidor de correo rechazó nuestras credenciales o no tiene esa carpeta.',
  'notification/bad-event': 'El suceso del servidor de correo no se puede leer.',
  'notification/too-many': 'Llegaron más avisos sobre esta copia de los que se guardan.',
  'notification/rules-taken':
    'El correo lo recibe un conjunto de reglas que no es nuestro, y ese se deja como está.',
  'notification/rules-of-other-stage':
    'El correo lo reciben las reglas de otro entorno, y una cuenta tiene un solo conjunto activo en una región.',
} as const satisfies Record<keyof typeof NOTIFICATION_FAILURES, string>;
