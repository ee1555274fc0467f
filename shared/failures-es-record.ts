import type { RECORD_FAILURES } from './failures-record.ts';

/** What the refusals of documents say in Spanish. */
export const RECORD_SAYS = {
  'record/stale': 'El expediente es anterior a lo ocurrido y no llegó a tiempo otro más reciente.',
  'record/bad-id': 'Eso no es un identificador de documento.',
  'record/none': 'No hay un expediente médico que enviar.',
  'record/too-large': 'El documento es demasiado grande.',
  'record/not-well-formed': 'El documento no es XML bien formado.',
  'record/bad-encoding': 'Los bytes del documento no están en la codificación que declara.',
  'record/doctype': 'El documento tiene un DOCTYPE, que nunca se acepta.',
  'record/too-deep': 'El documento tiene demasiados niveles.',
  'record/too-complex':
    'El documento tiene más elementos, más atributos o nombres más largos que cualquier documento real.',
  'record/header-too-large': 'El documento no tiene cuerpo en su primer megabyte.',
  'record/not-clinical-document': 'El documento no es un ClinicalDocument de HL7.',
  'record/not-pdf': 'El documento no es un archivo PDF completo.',
  'record/not-text': 'El documento no es texto sin formato en UTF-8.',
  'record/not-fhir': 'El documento no es un recurso FHIR en JSON.',
  'record/patient-mismatch': 'El documento es de otro paciente.',
  'record/too-many': 'El expediente tiene 200 documentos y no admite más.',
  'record/unchecked': 'El documento guardado no es el que se comprobó.',
  'record/unknown-document': 'El expediente no tiene ese documento.',
  'record/unknown-upload': 'No existe esa carga de documento.',
  'record/not-as-announced': 'El documento que llegó no es el que se anunció.',
  'record/not-taken-in': 'El documento llegó, pero no se pudo leer en varios intentos.',
  'record/source-unavailable': 'El sistema donde está el expediente no responde en este momento.',
  'record/source-refused': 'El sistema donde está el expediente no lo entrega.',
  'record/held':
    'Un documento delicado espera a que el personal de quien guarda el expediente lo autorice.',
  'record/excluded':
    'Todos los documentos del expediente son delicados, y quien lo guarda no los envía.',
} as const satisfies Record<keyof typeof RECORD_FAILURES, string>;
