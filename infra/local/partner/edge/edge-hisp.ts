import { faultAnswer, registryAnswer } from '../../../../shared/package/xdr/answer.ts';
import { LOCAL_HOST, type TlsIdentities } from '../../certificates/tls-identities.ts';
import { startAll } from '../../process/start-all.ts';
import { SmtpReply, startInboundSmtp, type InboundSmtp } from '../../world/inbound-smtp.ts';
import { refuseAs } from '../door.ts';
import type { Customer } from './customer.ts';
import type { HandedOver } from './handed-over.ts';
import { Mailroom, type Told } from './mailroom.ts';
import { readClear } from './read-clear.ts';
import { readRequest } from './read-request.ts';
import { startXdrEndpoint, type XdrReply } from './xdr-endpoint.ts';

export interface EdgeOptions {
  readonly tls: TlsIdentities;
  /** The addresses from which it takes copies. */
  readonly customers: readonly string[];
  /** For submission; XDR asks for a certificate. */
  readonly login: { readonly user: string; readonly password: string };
}

/** Somebody else's HISP, as its customer sees it. */
export interface EdgeHisp {
  /** host:port; TLS from the first byte. */
  readonly submission: string;
  /** host:port/path; HTTPS. */
  readonly xdr: string;
  /** In the order of arrival, refused ones too. */
  readonly received: readonly HandedOver[];
  readonly told: readonly Told[];
  /** From now on the customer is told. */
  connect(customer: Customer): void;
  /** When the customer has been told of all that has been received. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A HISP that belongs to somebody else: takes copies of its customers in clear, by SMTP submission or by XDR, would find
 * certificates, sign, encrypt and deliver, and tells the customer what came of it. Mailboxes are named for what becomes of
 * their mail, as those of the partner are.
 */
export async function startEdgeHisp(options: EdgeOptions): Promise<EdgeHisp> {
  const room = new Mailroom();
  const { values, close } = await startAll({
    submission: startSubmission(options, room),
    xdr: startXdrEndpoint(options.tls, (contentType, body) =>
      takeRequest(readRequest(contentType, body, options.customers), room),
    ),
  });
  return {
    submission: values.submission.address.replace(/^[^:]+/, LOCAL_HOST),
    xdr: `${values.xdr.address}/xdr`,
    received: room.received,
    told: room.told,
    connect: (customer) => {
      room.customer = customer;
    },
    settled: () => room.settled(),
    async close() {
      await close();
      await room.settled();
    },
  };
}

const startSubmission = (
  { tls: { server }, customers, login }: EdgeOptions,
  room: Mailroom,
): Promise<InboundSmtp> =>
  startInboundSmtp({
    guard: {
      certificate: server.certificatePem,
      privateKey: server.privateKeyPem,
      knows: (user, password) => user === login.user && password === login.password,
    },
    accept: (recipient) => {
      refuseAs(room.behaviour(recipient));
      return true;
    },
    deliver: async (raw, recipients, mailFrom) => {
      const handed = readClear(raw, { mailFrom, recipients }, customers);
      room.take(handed);
      const [reason] = handed.refusedFor;
      if (reason !== undefined) throw new SmtpReply(554, reason);
      if (recipients.some((each) => room.behaviour(each).door === 'hang')) {
        throw new SmtpReply('hang-up', 'The HISP hangs up');
      }
    },
  });

function takeRequest(handed: HandedOver, room: Mailroom): XdrReply | undefined {
  const { request } = handed.copy ?? {};
  const [reason] = handed.refusedFor;
  if (!request) {
    room.take(handed);
    return { status: 400, ...faultAnswer('Sender', reason ?? '', 'It cannot be read') };
  }
  const doors = request.addressing.to.map((each) => room.behaviour(each).door);
  const refusal = reason ?? (doors.includes('refuse') ? 'No such mailbox here' : undefined);
  room.take(refusal === undefined ? handed : { ...handed, refusedFor: [refusal] });
  if (doors.includes('hang')) return undefined;
  if (doors.includes('busy')) {
    return { status: 503, ...faultAnswer('Receiver', 'busy', 'Come back later') };
  }
  const outcome = refusal === undefined ? 'success' : { code: 'refused', text: refusal };
  return { status: 200, ...registryAnswer(request, outcome) };
}
