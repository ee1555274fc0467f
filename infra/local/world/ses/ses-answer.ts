import { randomUUID } from 'node:crypto';
import { escapeXml } from '../../../../shared/package/xml.ts';
import { SesRefused } from './ses-request.ts';

const XMLNS = 'xmlns="http://ses.amazonaws.com/doc/2010-12-01/"';

/** @param action whose answer it is; @param result XML */
export const answered = (action: string, result: string): string =>
  `<${action}Response ${XMLNS}><${action}Result>${result}</${action}Result>` +
  `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`;

/** The quota of an account that has left the sandbox. */
export const quota = (sentLast24Hours: number): string =>
  `<Max24HourSend>50000</Max24HourSend><MaxSendRate>14</MaxSendRate>` +
  `<SentLast24Hours>${sentLast24Hours}</SentLast24Hours>`;

/** The active set of receipt rules; without one there is nothing. */
export const ruleSetNamed = (name: string | undefined): string =>
  name === undefined
    ? ''
    : `<Metadata><Name>${escapeXml(name)}</Name>` +
      '<CreatedTimestamp>2026-01-01T00:00:00.000Z</CreatedTimestamp></Metadata><Rules/>';

export function refused(error: unknown): readonly [status: number, xml: string] {
  const [status, type, code, text] =
    error instanceof SesRefused
      ? [error.status, 'Sender', error.code, error.message]
      : [500, 'Receiver', 'InternalFailure', 'It failed.'];
  const xml =
    `<ErrorResponse ${XMLNS}><Error><Type>${type}</Type><Code>${code}</Code>` +
    `<Message>${escapeXml(text)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
  return [status, xml];
}
