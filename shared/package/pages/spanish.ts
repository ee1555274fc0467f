import type { Words } from './words.ts';

export const SPANISH: Words = {
  language: 'es',
  months: [
    'enero',
    'febrero',
    'marzo',
    'abril',
    'mayo',
    'junio',
    'julio',
    'agosto',
    'septiembre',
    'octubre',
    'noviembre',
    'diciembre',
  ],
  dayOf: (day, month, year) => `${day} de ${month} de ${year}`,
  monthOf: (month, year) => `${month} de ${year}`,

  message: (holder) => `Este mensaje fue enviado por ${holder} a petición del paciente.`,
  unaskedMessage: (holder) => `Este mensaje fue enviado por ${holder}.`,
  probe: (holder, contact) =>
    `Se le pidió a ${holder} que envíe información de salud a esta dirección.\n` +
    'Este mensaje no la contiene: se envía antes, para saber si la dirección\n' +
    'es correcta. Lo que se pidió se envía cuando se haya entregado.\n\n' +
    `Si no lo espera, avise al remitente: ${contact}.`,
  attachment: (fileName) =>
    `El expediente médico está en el archivo adjunto ${fileName}.\n` +
    'Para leerlo, descomprima el archivo y abra INDEX.HTM.',
  notice:
    'Algunos de estos documentos están marcados como confidenciales.\n' +
    'Una ley federal o estatal puede prohibirle darlos a otros,\n' +
    'salvo que el paciente lo permita por escrito o la ley lo autorice.',

  record: 'Expediente médico',
  recordOf: (patient) => `Expediente médico de ${patient}`,
  sentBecause: (holder) => `${holder} envió esta copia porque el paciente la pidió.`,
  sent: (holder) => `${holder} envió esta copia.`,
  unpackFirst:
    'Si un enlace no se abre, descomprima primero todo el archivo zip. Luego abra esta página otra vez.',
  leftOut: (documents, holder) =>
    `Este no es el expediente completo. ${holder} tiene reglas sobre lo que se puede enviar y no incluyó ` +
    `${documents === 1 ? 'un documento' : `${documents} documentos`}. Pregunte a ${holder} si necesita saber más.`,

  patient: 'Paciente',
  born: 'Fecha de nacimiento',
  sex: 'Sexo',
  sexes: { female: 'Femenino', male: 'Masculino', other: 'Otro', unknown: 'No se sabe' },
  patientNumber: 'Número de paciente',
  sender: 'Enviado por',
  contact: 'Preguntas a',
  directAddress: 'Dirección Direct',
  sentTo: 'Enviado a',
  sentOn: 'Fecha de envío',
  privacy: 'Privacidad',
  confidentialities: { R: 'Restringido', V: 'Muy restringido' },

  documents: 'Qué contiene',
  document: 'Documento',
  type: 'Tipo',
  documentTypes: {
    '34133-9': 'Resumen de la atención',
    '57133-1': 'Nota de referencia',
    '18842-5': 'Resumen de alta',
    '18761-7': 'Resumen de traslado',
    '11488-4': 'Nota de consulta',
    '34117-2': 'Historia clínica y examen físico',
    '11506-3': 'Nota de evolución',
    '28570-0': 'Nota de procedimiento',
    '11504-8': 'Nota de cirugía',
    '18748-4': 'Informe de imágenes',
    '52521-2': 'Plan de atención',
  },
  date: 'Fecha',
  author: 'Escrito por',
  from: 'De',
  size: 'Tamaño',
  originalFile: 'Archivo para computadoras',

  aboutPackage: 'Acerca de este paquete',
  metadataLink: 'Lista de los documentos para computadoras',
  readmeLink: 'Cómo está hecho este paquete',

  readme: {
    intro:
      'Este paquete contiene una copia de un expediente médico, enviada a petición del paciente.',
    sentBy: 'Enviado por',
    institution: 'Institución',
    contact: 'Contacto',
    madeWith: 'Hecho con',
    product: 'Producto',
    vendor: 'Proveedor',
    askInstitution: (product) =>
      `El proyecto ${product}; pregunte a la institución de arriba, que lo usa`,
    layout: 'Organización (IHE Cross-enterprise Document Media Interchange, XDM)',
    thisText: 'este texto',
    index: 'una página que dice qué contiene; ábrala en un navegador',
    folder: 'un conjunto de documentos, todos de un mismo paciente',
    metadata: 'describe cada documento: tipo, autor, hora, tamaño, SHA-1',
    documents: 'los documentos como los guarda la institución',
    pages: 'una página para leer, si se hizo una de un documento',
  },

  onlyAPage:
    'Esta página se hizo a partir del documento para que sea fácil de leer. Solo vale el documento mismo.',
  contents: 'Todos los documentos',
  noText: 'Esta parte no tiene texto.',
  struckOut: 'tachado',
  cut: 'El documento continúa. Es demasiado largo para mostrarlo completo aquí.',
};
