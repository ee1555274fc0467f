import type { AddressInfo } from 'node:net';
import {
  SMTPServer,
  type SMTPServerDataStream,
  type SMTPServerOptions,
  type SMTPServerSession,
} from 'smtp-server';

/** What SES takes in for us, and so what is taken here. */
const INBOUND_LIMIT_BYTES = 40 * 1024 * 1024;

export interface InboundSmtpOptions {
  /** A free one unless given. */
  readonly port?: number;
  /** Whether there is such a mailbox; a refusal is 550, unless it throws an `SmtpReply`. */
  readonly accept: (address: string) => boolean;
  /** Takes the message before the sender hears 250; what it throws is answered as 451, an `SmtpReply` as itself. */
  readonly deliver: (
    raw: Uint8Array,
    recipients: readonly string[],
    mailFrom: string,
  ) => Promise<void>;
  /** For submission: within TLS, and only who logs in. */
  readonly guard?: SubmissionGuard;
}

export interface SubmissionGuard {
  /** PEM. */
  readonly certificate: string;
  readonly privateKey: string;
  readonly knows: (user: string, password: string) => boolean;
}

export interface InboundSmtp {
  /** host:port */
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** A reply other than 250, or no reply at all: the connection is closed. */
export class SmtpReply extends Error {
  readonly responseCode: number | 'hang-up';

  constructor(responseCode: number | 'hang-up', text: string) {
    super(text);
    this.responseCode = responseCode;
  }
}

/** A mail server on loopback that takes messages in and hands them on; without a guard from anybody. */
export async function startInboundSmtp(options: InboundSmtpOptions): Promise<InboundSmtp> {
  const server: SMTPServer = new SMTPServer({
    name: 'localhost',
    logger: false,
    ...(options.guard ? guarded(options.guard) : { disabledCommands: ['STARTTLS', 'AUTH'] }),
    disableReverseLookup: true,
    size: INBOUND_LIMIT_BYTES,
    closeTimeout: 200,
    socketTimeout: 30_000,
    onRcptTo: ({ address }, _session, answer) => answer(refusalOf(options, address)),
    onData: (stream, session, answer) => {
      take(stream, session, options).then(
        () => answer(),
        (error: unknown) => {
          if (isHangUp(error)) hangUp(server, session);
          else answer(replyFor(error));
        },
      );
    },
  });
  // A client that breaks off is its own affair.
  server.on('error', () => undefined);

  const { port } = await listen(server, options.port ?? 0);
  return {
    address: `127.0.0.1:${port}`,
    close: () => new Promise((closed) => server.close(closed)),
  };
}

/** TLS from the first byte, and nothing before a login. */
const guarded = ({ certificate, privateKey, knows }: SubmissionGuard): SMTPServerOptions => ({
  secure: true,
  cert: certificate,
  key: privateKey,
  authMethods: ['PLAIN', 'LOGIN'],
  onAuth({ username, password }, _session, answer) {
    if (knows(username ?? '', password ?? '')) answer(null, { user: username });
    else answer(new Error('Who is that?'));
  },
});

function listen(server: SMTPServer, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const listener = server.listen(port, '127.0.0.1', () =>
      resolve(listener.address() as AddressInfo),
    );
  });
}

async function take(
  stream: SMTPServerDataStream,
  { envelope }: SMTPServerSession,
  { deliver }: InboundSmtpOptions,
): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Uint8Array);
  if (stream.sizeExceeded) throw new SmtpReply(552, 'The message is too large');

  const recipients = envelope.rcptTo.map(({ address }) => address);
  const mailFrom = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
  await deliver(Buffer.concat(chunks), recipients, mailFrom);
}

function refusalOf({ accept }: InboundSmtpOptions, address: string): Error | undefined {
  try {
    return accept(address) ? undefined : replyFor(new SmtpReply(550, 'No such mailbox here'));
  } catch (error) {
    return replyFor(error);
  }
}

const isHangUp = (error: unknown): boolean =>
  error instanceof SmtpReply && error.responseCode === 'hang-up';

/** What smtp-server wants to see; an unexpected error is not quoted to the client. */
function replyFor(error: unknown): Error & { responseCode: number } {
  const { message, responseCode } =
    error instanceof SmtpReply ? error : new SmtpReply(451, 'Try again later');
  return Object.assign(new Error(message), {
    responseCode: responseCode === 'hang-up' ? 451 : responseCode,
  });
}

function hangUp(server: SMTPServer, session: SMTPServerSession): void {
  for (const connection of server.connections) {
    // oxlint-disable-next-line no-underscore-dangle -- smtp-server has no other way to leave without a reply
    if (connection.id === session.id) connection._socket.destroy();
  }
}
