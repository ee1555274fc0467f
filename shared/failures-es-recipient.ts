import type { RECIPIENT_FAILURES } from './failures-recipient.ts';

/** What the refusals about a transmission, and about what is published for its recipient, say in Spanish. */
export const RECIPIENT_SAYS = {
  'transmission/unknown': 'No existe esa transmisión.',
  'transmission/too-many': 'Hoy no se envían más copias de este expediente.',
  'transmission/leased': 'Otro proceso tiene esta transmisión en sus manos.',
  'transmission/lease-lost':
    'El proceso fue demasiado lento y otro se hizo cargo de la transmisión.',
  'transmission/not-due': 'Todavía no toca el próximo intento.',
  'transmission/handed-over': 'La copia ya se entregó para su envío.',
  'transmission/ended': 'La transmisión ha terminado.',
  'transmission/out-of-time':
    'La copia no se pudo preparar antes de que se acabara el tiempo para los intentos.',
  'discover/bad-address': 'Eso no es una dirección Direct.',
  'discover/no-certificate':
    'No hay un certificado publicado para esta dirección, así que no se le puede enviar nada de forma segura.',
  'discover/bad-certificate': 'Lo que está publicado para esta dirección no es un certificado.',
  'discover/unreachable': 'El directorio del destinatario no responde.',
  'discover/refused': 'El directorio del destinatario se niega a responder.',
  'discover/malformed': 'El directorio del destinatario responde algo que no se puede leer.',
  'discover/ldap-unreachable': 'El directorio LDAP del destinatario no responde.',
  'discover/ldap-refused': 'El directorio LDAP del destinatario no responde a desconocidos.',
  'discover/ldap-malformed': 'El directorio LDAP del destinatario responde algo que no sirve.',
  'discover/ldap-blocked':
    'El directorio LDAP del destinatario está en un lugar al que este sistema no se conecta.',
  'discover/too-slow': 'Entre todos, los directorios de quien recibe tardaron demasiado.',
  'discover/blocked-url':
    'El certificado del destinatario está en un lugar al que este sistema no se conecta.',
  'discover/url-unreachable':
    'El certificado del destinatario no se puede obtener de donde se dice que está.',
  'discover/places-unreachable':
    'Una de las listas de lugares no respondió a tiempo, así que puede haber más lugares que estos.',
  'discover/places-malformed':
    'Una de las listas de lugares no se pudo leer, así que puede haber más lugares que estos.',
} as const satisfies Record<keyof typeof RECIPIENT_FAILURES, string>;
