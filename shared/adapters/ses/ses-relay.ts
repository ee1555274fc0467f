import { types } from 'node:util';
import { SendRawEmailCommand, SESClient, type SendRawEmailRequest } from '@aws-sdk/client-ses';
import type { Envelope, Receipt, Relay } from '../../deliver/relay.ts';
import { parseMessageId, type MessageId } from '../../ids.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { MakeRelay } from '../relays.ts';
import { REQUEST_HANDLER } from '../request-handler.ts';
import { sesQuotaWatch } from './quota-watch.ts';
import { refusalOf, sesErrorOf } from './ses-refusal.ts';

/** Of the first version of the API, after all encoding but that of the request. */
const SES_LIMIT_BYTES = 10 * 1024 * 1024;
/** Room for the fields that SES writes before a message: Message-ID, Date, DKIM-Signature, Feedback-ID. */
const OWN_FIELDS_BYTES = 16 * 1024;

/** 14 MB of request take their time; the whole of it ends well before a worker's lease does. */
const HAND_OVER = { ...REQUEST_HANDLER, requestTimeout: 60_000 };

/** The one name under which SES keeps how copies of a stage are sent, and whom it tells about them. */
const configurationSetOf = (stage: string): string => `direct-transmit-${stage}`;

/**
 * Amazon SES as the last hop, in the region of the function. It puts an address of its own into MAIL FROM, which strict
 * Direct peers refuse: docs/relay.md says who should not use it.
 *
 * A hand-over is asked for once and never again by the library: SES knows no token by which it would tell a repeat.
 *
 * @param url `ses:`
 * @throws Error on a URL that says more
 */
export const sesRelay: MakeRelay = (url, { maxMessageBytes, stage }, ports) => {
  if (url.toLowerCase() !== 'ses:')
    throw new Error('The relay URL of SES is ses: and nothing more');
  const ses = new SESClient({ maxAttempts: 1, requestHandler: HAND_OVER });
  keepWhatFailed(ses);
  const watchQuota = sesQuotaWatch(ses, ports);
  return {
    form: 'sealed',
    maxMessageBytes: Math.min(maxMessageBytes, SES_LIMIT_BYTES - OWN_FIELDS_BYTES),
    async submit(envelope) {
      const answer = await handOver(ses, requestFor(envelope, configurationSetOf(stage)));
      // Whoever waits for the answer writes it down at once: nothing may stand between.
      void watchQuota();
      return answer;
    },
  } satisfies Relay;
};

function requestFor({ from, to, bytes, copy }: Envelope, set: string): SendRawEmailRequest {
  return {
    Source: from,
    Destinations: [to],
    RawMessage: { Data: bytes },
    ConfigurationSetName: set,
    ...(copy && {
      Tags: [
        { Name: 'transmission', Value: copy.transmissionId },
        { Name: 'attempt', Value: String(copy.attempt) },
      ],
    }),
  };
}

async function handOver(ses: SESClient, request: SendRawEmailRequest): Promise<Outcome<Receipt>> {
  try {
    const { MessageId = '' } = await ses.send(new SendRawEmailCommand(request));
    const id = parseMessageId(MessageId);
    if (!id.ok || id.value.length > LONGEST_ID) return fail('deliver/unanswered', 'SES no id');
    return done({ receipt: id.value, knownAs: namesOf(id.value, await ses.config.region()) });
  } catch (error) {
    return refusalOf(error);
  }
}

/**
 * What befell the connection is told as an error of our own: the library wraps what it does not hold for an error, and
 * what it has wrapped does not say any more whether anything was written.
 */
const keepWhatFailed = (ses: SESClient): void =>
  ses.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        throw types.isNativeError(error) ? sesErrorOf(error) : error;
      }
    },
    { step: 'deserialize', priority: 'low' },
  );

const LONGEST_ID = 200;

/** Bare in answers and events; in the header that peers see, with a domain that is another one in the oldest region. */
const namesOf = (id: MessageId, region: string): readonly MessageId[] => [
  id,
  `${id}@email.amazonses.com` as MessageId,
  `${id}@${region}.amazonses.com` as MessageId,
];
