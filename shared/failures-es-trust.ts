import type { TRUST_FAILURES } from './failures-trust.ts';

/** What the refusals of certificates say in Spanish. */
export const TRUST_SAYS = {
  'trust/expired': 'El certificado ha caducado.',
  'trust/not-yet-valid': 'El certificado todavía no es válido.',
  'trust/wrong-address': 'El certificado pertenece a otra dirección.',
  'trust/key-usage': 'El certificado no permite usar su clave para esto.',
  'trust/weak-key':
    'La clave del certificado es demasiado corta o de un tipo que no se puede usar.',
  'trust/weak-signature': 'Un certificado está firmado con un algoritmo que ya no es seguro.',
  'trust/bad-signature': 'La firma del certificado es incorrecta.',
  'trust/no-anchor':
    'El certificado no lleva a una autoridad en la que confíe quien guarda el expediente.',
  'trust/not-an-authority': 'El certificado fue emitido por quien no puede emitir certificados.',
  'trust/path-length':
    'La cadena de certificados es más larga de lo que permite una autoridad que está en ella.',
  'trust/unsupported': 'El certificado exige una comprobación que este sistema no hace.',
  'trust/revoked': 'El certificado, o el de una autoridad superior, fue revocado.',
  'trust/revocation-unknown': 'Nadie puede decir ahora si el certificado fue revocado.',
  'trust/issuer-unreachable':
    'El certificado de una autoridad intermedia no se puede obtener de donde se dice que está.',
  'trust/blocked-source': 'El certificado nombra una fuente a la que este sistema no se conecta.',
  'trust/name-constraints': 'Una autoridad intermedia no puede responder por esos nombres.',
  'trust/policy': 'El certificado no se emitió conforme a una política que se exige.',
  'trust/too-costly':
    'Habría que probar demasiados certificados para saber si se puede confiar en este.',
  'trust/bundle-malformed':
    'La lista de autoridades de confianza no se puede leer o no contiene ninguna.',
  'trust/bundle-unsigned':
    'La lista de autoridades de confianza no está firmada, y debería estarlo.',
  'trust/bundle-wrong-signer':
    'La lista de autoridades de confianza está firmada por alguien que no es quien debería.',
  'trust/bundle-signer-expired':
    'El certificado con el que debe estar firmada la lista de autoridades de confianza no es válido ahora.',
  'trust/bundle-bad-signature': 'La firma de la lista de autoridades de confianza es incorrecta.',
  'trust/bundle-weak':
    'La lista de autoridades de confianza está firmada de una forma que ya no es segura.',
  'trust/bundle-unreachable':
    'La lista de autoridades de confianza no se puede obtener de donde se dice que está.',
  'trust/malformed': 'El certificado no se puede leer.',
} as const satisfies Record<keyof typeof TRUST_FAILURES, string>;
