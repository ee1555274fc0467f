import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { smtpRelay } from '../../../../shared/adapters/smtp-relay.ts';
import type { Outcome } from '../../../../shared/outcome.ts';
import { escapeXml } from '../../../../shared/package/xml.ts';
import { asSesSendsIt, sesMailFrom } from './ses-message.ts';
import { emailIn, readForm, SesRefused, type RawEmail } from './ses-request.ts';

export interface SentEmail extends RawEmail {
  /** As the API answered it: bare. */
  readonly messageId: string;
  /** What the next hop said for each destination, in order; SES itself tells it in events. */
  readonly passedOn: Promise<readonly Outcome<unknown>[]>;
}

export interface SesEndpoint {
  /** For AWS_ENDPOINT_URL_SES. */
  readonly endpoint: string;
  /** In the order in which they came. */
  readonly sent: readonly SentEmail[];
  close(): Promise<void>;
}

/**
 * SES as far as a sender needs it: SendRawEmail of API version 2010-12-01, with the destinations named. What it takes
 * it passes on by SMTP, and does to the message what SES does, so that code which relies on its own outer Message-ID,
 * Date or MAIL FROM fails here as well.
 *
 * @param relayTo host:port, loopback
 */
export async function startSesEndpoint({
  relayTo,
}: {
  readonly relayTo: string;
}): Promise<SesEndpoint> {
  const sent: SentEmail[] = [];
  const relay = smtpRelay(`smtp://${relayTo}`);
  const take = (form: URLSearchParams): string => {
    const email = emailIn(form);
    const messageId = `0100${Date.now().toString(16).padStart(12, '0')}-${randomUUID()}-000000`;
    const bytes = asSesSendsIt(email.raw, messageId, new Date());
    const from = sesMailFrom(messageId);
    const passedOn = Promise.all(email.destinations.map((to) => relay.submit({ from, to, bytes })));
    passedOn.catch(() => undefined);
    sent.push({ ...email, messageId, passedOn });
    return messageId;
  };
  const server = createServer((request, response) => {
    void answer(request, take).then(([status, xml]) =>
      response.writeHead(status, { 'content-type': 'text/xml' }).end(xml),
    );
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(0, '127.0.0.1', listening);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    async close() {
      const closed = new Promise((end) => server.close(end));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  request: IncomingMessage,
  take: (form: URLSearchParams) => string,
): Promise<readonly [status: number, xml: string]> {
  try {
    return [200, accepted(take(await readForm(request)))];
  } catch (error) {
    return [error instanceof SesRefused ? 400 : 500, refused(error)];
  }
}

const XMLNS = 'xmlns="http://ses.amazonaws.com/doc/2010-12-01/"';

const accepted = (messageId: string): string =>
  `<SendRawEmailResponse ${XMLNS}><SendRawEmailResult><MessageId>${messageId}</MessageId></SendRawEmailResult>` +
  `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></SendRawEmailResponse>`;

function refused(error: unknown): string {
  const [type, code, text] =
    error instanceof SesRefused
      ? ['Sender', error.code, error.message]
      : ['Receiver', 'InternalFailure', 'It failed.'];
  return (
    `<ErrorResponse ${XMLNS}><Error><Type>${type}</Type><Code>${code}</Code>` +
    `<Message>${escapeXml(text)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`
  );
}
