import type { MESSAGE_FAILURES } from './failures-message.ts';

/** What the refusals of packages and messages say in Spanish. */
export const MESSAGE_SAYS = {
  'package/failed-check': 'El paquete que se preparó no pasó su propia comprobación.',
  'package/too-large': 'El expediente es más grande de lo que se puede empaquetar.',
  'package/bad-zip': 'El archivo no es un zip que se pueda leer, o está dañado.',
  'package/encrypted': 'El paquete está cifrado por sí mismo, y aquí nadie tiene la contraseña.',
  'package/over-limits': 'El paquete contiene más archivos, o más grandes, de los que se leen.',
  'package/bad-names': 'Hay nombres en el paquete que se repiten o que llevan fuera de él.',
  'package/not-xdm': 'El zip no es un paquete XDM de IHE, o el correo no lleva ninguno adjunto.',
  'package/bad-metadata': 'Los metadatos del paquete no se pueden leer.',
  'package/bad-soap': 'La solicitud no es un mensaje SOAP 1.2 que pida lo que esta dirección hace.',
  'package/not-understood': 'Una cabecera de la solicitud debe entenderse, y aquí no se conoce.',
  'package/bad-multipart':
    'Las partes de la solicitud no se pueden distinguir, o no corresponden a lo que las incluye.',
  'package/bad-addressing':
    'La solicitud no dice a qué direcciones Direct va, o nombra una que no lo es.',
  'package/hash-mismatch':
    'Un documento no es el que describen sus metadatos: el hash o el tamaño son distintos.',
  'package/contradiction': 'Lo que los metadatos dicen de un documento no es cierto.',
  'package/message-id-reused': 'Este identificador de mensaje ya se usó para otro envío.',
  'secure/no-identity':
    'Quien guarda el expediente no tiene un certificado para firmar con la dirección de envío.',
  'secure/unusable-key': 'La clave para firmar con la dirección de envío no se puede usar.',
  'secure/not-encrypted': 'El mensaje no es un mensaje Direct cifrado.',
  'secure/undecryptable': 'El mensaje no se puede descifrar.',
  'secure/not-signed': 'El mensaje no está firmado.',
  'secure/bad-signature': 'La firma del mensaje es incorrecta.',
  'secure/weak-digest': 'El mensaje está firmado con un resumen que ya no es seguro.',
  'secure/weak-key':
    'El mensaje está firmado con una clave demasiado corta o de un tipo que no se puede usar.',
  'secure/malformed': 'El mensaje no se puede leer.',
} as const satisfies Record<keyof typeof MESSAGE_FAILURES, string>;
