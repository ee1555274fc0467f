import type { Sentences } from './sentences-en.ts';

/** What facts mean, one sentence or more each, in Spanish. */
export const SPANISH: Sentences = {
  requested: 'Se pidió una copia del expediente.',
  recordOlder: ' El expediente es anterior a lo ocurrido.',
  reached: 'Un mensaje sin datos de salud ha llegado a la dirección; ahora sigue la copia.',
  anotherAttempt: ' Habrá otro intento.',
  noMoreTime: ' Se acabó el tiempo para los intentos.',
  aboutToLeave: 'La copia se empaquetó, se firmó y se cifró, y está a punto de salir.',
  aboutToLeaveByHisp:
    'La copia se empaquetó y está a punto de salir hacia el servicio de correo de otra organización, que busca y comprueba al destinatario y cifra la copia.',
  revocationUnknown: ' Nadie pudo decir si el certificado del destinatario fue revocado.',
  leftOut: (documents) =>
    documents === 1
      ? ' Un documento no se incluyó porque es delicado.'
      : ` ${documents} documentos no se incluyeron porque son delicados.`,
  handedToHisp: 'La copia se entregó al servicio de correo de otra organización.',
  handedToRelay: 'La copia se entregó al servidor de correo que la envía.',
  uncertain: 'La conexión se perdió mientras se entregaba la copia; es posible que haya salido.',
  foundSent: 'El personal técnico averiguó que la copia salió.',
  foundNotSent: 'El personal técnico averiguó que este intento no salió.',
  hastened: 'El personal técnico pidió que el próximo intento se hiciera de inmediato.',
  halted: 'Se detuvo el envío para todos; la copia espera y no pierde tiempo por ello.',
  continued: 'El envío continúa.',
  takenByHisp: 'El servicio de correo al que se entregó la copia ha confirmado que la aceptó.',
  taken: 'El servidor de correo que envía la copia ha confirmado que la aceptó.',
  delivered: 'La copia ha llegado al servidor de correo del destinatario.',
  delayed: 'Un servidor de correo en el camino dice que la copia se retrasa; lo sigue intentando.',
  confirmed: 'El servicio de correo al que se entregó la copia dice que la entregó.',
  processed:
    'El servicio de correo del destinatario ha recibido, descifrado y comprobado la copia.',
  dispatched: 'La copia ha llegado al buzón del destinatario.',
  passedOn: 'El servicio de correo del destinatario ha pasado la copia adelante.',
  recipientFailed: 'El servicio de correo del destinatario no pudo entregar la copia.',
  lateNotice: 'Un aviso llegó después del final; se guarda y no cambia nada.',
  endedDelivered: 'La copia fue entregada.',
};
