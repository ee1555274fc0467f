import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { smtpRelay } from '../../../../shared/adapters/smtp-relay.ts';
import type { Relay } from '../../../../shared/deliver/relay.ts';
import type { Outcome } from '../../../../shared/outcome.ts';
import type { ConfigurationSets, TellEvent } from './configuration-sets.ts';
import { answered, quota, refused, ruleSetNamed } from './ses-answer.ts';
import { eventOfAnswer, sesEvent, type TakenEmail } from './ses-events.ts';
import { asSesSendsIt, sesMailFrom } from './ses-message.ts';
import { emailIn, readForm, SesRefused, type RawEmail } from './ses-request.ts';

export interface SentEmail extends TakenEmail {
  /** What the next hop said for each destination, in order; SES itself tells it in events. */
  readonly passedOn: Promise<readonly Outcome<unknown>[]>;
}

/**
 * What is done with a mail instead of passing it on: an error of the API; `hang-up`, it is taken and the answer is lost;
 * `reject`, it is taken and then found to be harmful.
 */
export type Mishap = SesRefused | 'hang-up' | 'reject';

export interface SesEndpoint {
  /** For AWS_ENDPOINT_URL_SES. */
  readonly endpoint: string;
  /** In the order in which they came. */
  readonly sent: readonly SentEmail[];
  /** The set of receipt rules by which mail is taken in, if there is one. */
  readonly activeRuleSet: string | undefined;
  /** From now on only these sets are known, and they are told what becomes of mails; until then any will do. */
  connect(sets: ConfigurationSets): void;
  /** From now on; `undefined` of a mail: nothing out of the ordinary. */
  behave(mishap: (email: RawEmail) => Mishap | undefined): void;
  close(): Promise<void>;
}

export interface SesOptions {
  /** host:port, loopback */
  readonly relayTo: string;
  /** Somebody else's, who had it active before. */
  readonly activeRuleSet?: string;
}

/**
 * SES as far as this system needs it, of API version 2010-12-01: SendRawEmail with the destinations named, GetSendQuota,
 * and which set of receipt rules is active. What it takes it passes on by SMTP, and does to the message what SES does, so
 * that code which relies on its own outer Message-ID, Date or MAIL FROM fails here as well.
 */
export async function startSesEndpoint({
  relayTo,
  activeRuleSet,
}: SesOptions): Promise<SesEndpoint> {
  const state = new SesState(smtpRelay(`smtp://${relayTo}`), activeRuleSet);
  const server = createServer((request, response) => {
    void answer(request, response, state);
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(0, '127.0.0.1', listening);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent: state.sent,
    get activeRuleSet() {
      return state.activeRuleSet;
    },
    connect: (sets) => {
      state.sets = sets;
    },
    behave: (mishap) => {
      state.mishap = mishap;
    },
    async close() {
      const closed = new Promise((end) => server.close(end));
      server.closeAllConnections();
      await closed;
    },
  };
}

class SesState {
  readonly sent: SentEmail[] = [];
  sets: ConfigurationSets | undefined;
  mishap: (email: RawEmail) => Mishap | undefined = () => undefined;
  activeRuleSet: string | undefined;
  readonly #nextHop: Relay;

  constructor(nextHop: Relay, activeRuleSet: string | undefined) {
    this.#nextHop = nextHop;
    this.activeRuleSet = activeRuleSet;
  }

  /** @throws SesRefused for a set that is not there */
  tellerFor({ configurationSet: name }: RawEmail): TellEvent {
    if (name === undefined || !this.sets) return () => undefined;
    const teller = this.sets.get(name);
    if (teller) return teller;
    const text = `Configuration set <${name}> does not exist.`;
    throw new SesRefused('ConfigurationSetDoesNotExist', text);
  }

  /** @param isHarmful so it goes no further */
  take(email: RawEmail, tell: TellEvent, isHarmful: boolean): string {
    const messageId = `0100${Date.now().toString(16).padStart(12, '0')}-${randomUUID()}-000000`;
    const taken: TakenEmail = { ...email, messageId };
    tell('send', sesEvent('send', taken, {}));
    if (isHarmful) tell('reject', sesEvent('reject', taken, { reason: 'Bad content' }));
    const passedOn = isHarmful ? Promise.resolve([]) : this.#passOn(taken, tell);
    passedOn.catch(() => undefined);
    this.sent.push({ ...taken, passedOn });
    return messageId;
  }

  #passOn(taken: TakenEmail, tell: TellEvent): Promise<readonly Outcome<unknown>[]> {
    const bytes = asSesSendsIt(taken.raw, taken.messageId, new Date());
    const from = sesMailFrom(taken.messageId);
    return Promise.all(
      taken.destinations.map(async (to) => {
        const said = await this.#nextHop.submit({ from, to, bytes });
        tell(said.ok ? 'delivery' : 'bounce', eventOfAnswer(to, taken, said));
        return said;
      }),
    );
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  state: SesState,
): Promise<void> {
  try {
    const xml = answerTo(await readForm(request), state);
    if (xml === undefined) request.socket.destroy();
    else response.writeHead(200, { 'content-type': 'text/xml' }).end(xml);
  } catch (error) {
    const [status, xml] = refused(error);
    response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
  }
}

/** @returns undefined for a mail that is taken without an answer; @throws SesRefused */
function answerTo(form: URLSearchParams, state: SesState): string | undefined {
  const action = form.get('Action');
  if (action === 'GetSendQuota') return answered(action, quota(state.sent.length));
  if (action === 'DescribeActiveReceiptRuleSet') {
    return answered(action, ruleSetNamed(state.activeRuleSet));
  }
  if (action === 'SetActiveReceiptRuleSet') {
    state.activeRuleSet = form.get('RuleSetName') ?? undefined;
    return answered(action, '');
  }
  if (action !== 'SendRawEmail') {
    throw new SesRefused('InvalidAction', 'Mail is sent raw here, and little else is known.');
  }
  const email = emailIn(form);
  const tell = state.tellerFor(email);
  const mishap = state.mishap(email);
  if (mishap instanceof SesRefused) throw mishap;
  const messageId = state.take(email, tell, mishap === 'reject');
  return mishap === 'hang-up' ? undefined : answered(action, `<MessageId>${messageId}</MessageId>`);
}
