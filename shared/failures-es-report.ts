import type { REPORT_FAILURES } from './failures-report.ts';

/** What the refusals while the data holder is told say in Spanish. */
export const REPORT_SAYS = {
  'report/unknown-webhook': 'No existe ese webhook.',
  'report/unknown-delivery': 'No hay ningún informe así en camino.',
  'report/bad-url': 'Esa no es una URL a la que se puedan enviar informes.',
  'report/unknown-type': 'No existe ese tipo de informe.',
  'report/too-many-webhooks': 'Ya hay tantos webhooks como se guardan.',
  'report/webhook-disabled': 'Se renunció al webhook: dijo que ya no existe, o falló durante días.',
  'report/unknown-submitter':
    'Ya no está configurado dónde se avisa por XDR al sistema que envió la copia.',
  'report/submitter-failed': 'El sistema que envió la copia no aceptó el informe sobre su final.',
  'report/webhook-failed': 'El webhook no aceptó el informe.',
} as const satisfies Record<keyof typeof REPORT_FAILURES, string>;
