import { domainOf, sha256, type DirectAddress } from '../ids.ts';
import type { MailboxSettings, Settings } from '../settings.ts';

/** A HISP of somebody else's, as it speaks by one client or one mailbox. What it says of its copies is believed. */
export interface HispVoice {
  /** Stands for the client or mailbox in keys; lower-case hex. */
  readonly name: string;
  /** Of recipients to whose copies its word is bounded. @default every copy that a HISP was given */
  readonly domains?: readonly string[];
}

type Rules = Pick<Settings, 'hisp' | 'mailbox'>;

/** @returns undefined where nobody said that this client is a HISP */
export const voiceOfClient = (
  client: string,
  settings: Pick<Settings, 'hisp'>,
): HispVoice | undefined => voicesOfClients(settings).get(nameOfClient(client));

/** @returns undefined of one into which anybody's mail comes */
export const voiceOfMailbox = (mailbox: MailboxSettings): HispVoice | undefined =>
  mailbox.of === 'hisp'
    ? {
        name: nameOf('mailbox', mailbox.url, mailbox.folder),
        ...(mailbox.domains && { domains: mailbox.domains }),
      }
    : undefined;

/** @returns undefined of a name that the settings do not give, or give no more */
export function voiceNamed(name: string, settings: Rules): HispVoice | undefined {
  const mailbox = settings.mailbox && voiceOfMailbox(settings.mailbox);
  return mailbox?.name === name ? mailbox : voicesOfClients(settings).get(name);
}

/** Whether a HISP may say what became of the copies to an address; as routes are, by the domain itself. */
export const speaksFor = ({ domains }: HispVoice, address: DirectAddress): boolean =>
  domains === undefined || domains.includes(domainOf(address));

const voicesOfClients = ({ hisp }: Pick<Settings, 'hisp'>): ReadonlyMap<string, HispVoice> =>
  new Map(
    hisp.clients.map((client) => {
      const { subject, ...bounds } = typeof client === 'string' ? { subject: client } : client;
      const name = nameOfClient(subject);
      return [name, { name, ...bounds }];
    }),
  );

const nameOfClient = (subject: string): string => nameOf('client', subject);

const nameOf = (...parts: readonly string[]): string => sha256(JSON.stringify(parts));
