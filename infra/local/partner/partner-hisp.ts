import { X509Certificate } from 'node:crypto';
import { parseDirectAddress } from '../../../shared/ids.ts';
import type { LocalIdentity } from '../../../shared/secure/local-identity.ts';
import { readCertificate, type Certificate } from '../../../shared/trust/certificate.ts';
import { SmtpReply, startInboundSmtp, type InboundSmtpOptions } from '../world/inbound-smtp.ts';
import { sendNotice, type AnswerPorts, type SentNotice } from './answer.ts';
import { answersTo, behaviourOf, type Behaviour, type BehaviourName } from './behaviour.ts';
import { delays, type Delays } from './delays.ts';
import { refuseAs } from './door.ts';
import { judge, type PartnerMode } from './judge.ts';
import type { ReceivedMessage } from './received-message.ts';

export interface PartnerOptions {
  readonly identity: LocalIdentity;
  /** The mailboxes that there are; without it there is every one of the domains that the certificate names. */
  readonly recipients?: readonly string[];
  /** PEM or DER. Whom the partner trusts: the authorities of those who send to it. */
  readonly anchors: readonly (string | Uint8Array)[];
  /** Certificates of a sender, DER: `lookupInDns` finds them as a real peer does. */
  readonly lookup: AnswerPorts['lookup'];
  /** host:port of the sender's inbound SMTP. */
  readonly replyTo: string;
  /** `normal` unless given. */
  readonly mode?: PartnerMode;
  /** Of mailboxes whose name is no behaviour; it answers unless told otherwise. */
  readonly behaviour?: BehaviourName;
  /** How long a minute takes of robots that answer minutes later; 60,000 unless given. */
  readonly minuteMs?: number;
  /** A free one unless given. */
  readonly port?: number;
}

export interface PartnerHisp {
  /** host:port of its SMTP. */
  readonly address: string;
  /** In the order of arrival. */
  readonly received: readonly ReceivedMessage[];
  /** In the order of their ends. */
  readonly notices: readonly SentNotice[];
  /** When every notice for what has been received is sent or has failed, but for those that come minutes later. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Another organisation's HISP, with its own keys: takes Direct messages in, checks them, keeps what was in them, and
 * answers with delivery notices. What it cannot decrypt or does not trust it does not answer, and in mode `strict` much
 * else: that is the rule, and the reason why a sender needs deadlines.
 */
export async function startPartnerHisp(options: PartnerOptions): Promise<PartnerHisp> {
  const { mode = 'normal' } = options;
  const anchors = options.anchors.map(readAnchor);
  const ports = { ...options, mode, anchors, now: () => new Date() };
  const behaviour = (address: string): Behaviour =>
    behaviourOf(address, options.behaviour ?? 'answers');
  const received: ReceivedMessage[] = [];
  const notices: SentNotice[] = [];
  const answering = new Set<Promise<void>>();
  const later = delays(options.minuteMs ?? 60_000);

  const deliver: InboundSmtpOptions['deliver'] = async (raw, recipients, mailFrom) => {
    const message = await judge(raw, { mailFrom, recipients }, ports);
    received.push(message);
    if (recipients.some((each) => behaviour(each).door === 'hang')) {
      throw new SmtpReply('hang-up', 'The partner hangs up');
    }
    const answered = answer(message, behaviour, { ...ports, notices, later });
    answering.add(answered);
    answered.finally(() => answering.delete(answered)).catch(() => undefined);
  };
  const accept = (address: string): boolean => {
    refuseAs(behaviour(address));
    return hasMailbox(options, address);
  };
  const { port } = options;
  const smtp = await startInboundSmtp({ accept, deliver, ...(port !== undefined && { port }) });

  const settled = async (): Promise<void> => {
    while (answering.size > 0) await Promise.allSettled(answering);
  };
  const close = async (): Promise<void> => {
    later.callOff();
    await smtp.close();
    await settled();
  };
  return { address: smtp.address, received, notices, settled, close };
}

/** What is wrong inside the zip is the reader's affair: such a message is answered. */
async function answer(
  { opened, refusedFor, recipients }: ReceivedMessage,
  behaviour: (address: string) => Behaviour,
  ports: AnswerPorts & { readonly notices: SentNotice[]; readonly later: Delays },
): Promise<void> {
  if (!opened || opened.isNotice || refusedFor.length > 0) return;
  for (const recipient of recipients) {
    const address = parseDirectAddress(recipient);
    if (!address.ok) continue;
    for (const each of answersTo(behaviour(recipient), opened.asksForDispatched)) {
      const send = async (): Promise<void> => {
        ports.notices.push(await sendNotice(each, address.value, opened, ports));
      };
      if (each.afterMinutes) ports.later.after(each.afterMinutes, send);
      else await send();
    }
  }
}

function hasMailbox({ recipients, identity }: PartnerOptions, text: string): boolean {
  const address = parseDirectAddress(text);
  if (!address.ok) return false;
  const wanted = address.value.toLowerCase();
  if (recipients) return recipients.some((each) => each.toLowerCase() === wanted);
  return namesOf(identity).some((name) => wanted === name || wanted.endsWith(`@${name}`));
}

/** The addresses and domains of the partner's certificate. */
const namesOf = ({ certificate }: LocalIdentity): readonly string[] =>
  (new X509Certificate(certificate).subjectAltName ?? '')
    .toLowerCase()
    .split(', ')
    .map((name) => name.replace(/^(?:email|dns):/, ''));

function readAnchor(anchor: string | Uint8Array): Certificate {
  const certificate = readCertificate(Uint8Array.from(new X509Certificate(anchor).raw));
  if (!certificate.ok) throw new Error('An anchor of the partner is no certificate');
  return certificate.value;
}
