import { isSes } from '../deployment-settings.ts';
import type { Contradiction, Read } from './contradictions.ts';
import { isOnOneMachine } from './stages.ts';

/** What the first version of the API of SES takes, with room for the fields that it writes before a message. */
const SES_TAKES_BYTES = 10_000_000;

const relaysOf = ({ settings, deployment }: Read): readonly (string | undefined)[] => [
  deployment.relayUrl,
  ...Object.values(settings.relay.routes),
];

const overTheLimitOfSes: Contradiction = ({ settings: { maxMessageBytes }, deployment }) =>
  isSes(deployment.relayUrl) && maxMessageBytes > SES_TAKES_BYTES
    ? [`maxMessageBytes: SES takes no message of more than ${SES_TAKES_BYTES} bytes: write ${SES_TAKES_BYTES}, or another relay as deployment.relayUrl`] // prettier-ignore
    : [];

/** An identity that is a domain stands for all below it. An empty list says that all are verified by other means. */
const outsideTheIdentity: Contradiction = (read) => {
  const { settings, deployment } = read;
  const identities = deployment.sesIdentities ?? [];
  if (!relaysOf(read).some(isSes) || identities.length === 0) return [];
  return settings.senders.flatMap(({ address }, at) => {
    const domain = address.slice(address.lastIndexOf('@') + 1);
    const isCovered = identities.some(
      (identity) => identity === address || identity === domain || domain.endsWith(`.${identity}`),
    );
    return isCovered
      ? []
      : `senders.${at}.address: SES sends for no address outside of its identities: add "${domain}" to deployment.sesIdentities`;
  });
};

const tlsOfNobody: Contradiction = (read) =>
  read.deployment.sesTls === 'REQUIRE' &&
  read.deployment.relayUrl !== undefined &&
  !relaysOf(read).some(isSes)
    ? ['deployment.sesTls: no copy goes by SES: take it out, or write "ses:" as deployment.relayUrl'] // prettier-ignore
    : [];

/** Who reads mail refuses to log in there; only it says so when it is deployed already. */
const mailboxInClear: Contradiction = ({ settings: { stage, mailbox } }) =>
  !isOnOneMachine(stage) && /^imap:/i.test(mailbox?.url ?? '')
    ? ['mailbox.url: imap is in clear and reaches this machine only: write imaps://host:port']
    : [];

/** Notices about one copy would come by either way, and half of the mail lie where nobody expects it. */
const twoWaysIn: Contradiction = ({ settings: { mailbox }, deployment: { receiving } }) =>
  receiving === 'ses' && mailbox?.of === 'relay'
    ? ['deployment.receiving: mail comes by SES or by the mailbox of a relay, not by both: write "elsewhere", or take mailbox out'] // prettier-ignore
    : [];

/** Over SMTP a HISP answers by DSN, too, which names the copy by what it was given. */
const nobodyConfirms: Contradiction = (read) =>
  relaysOf(read).some((url) => /^hisp\+xdr:/i.test(url ?? '')) &&
  read.settings.hisp.clients.length === 0 &&
  read.settings.mailbox?.of !== 'hisp'
    ? ['hisp.clients: nobody could say that a copy by XDR was delivered: write by which subject the HISP calls, or its mailbox as mailbox'] // prettier-ignore
    : [];

/** Mail hosts tell letters apart in theory; the mailbox of one and the same address is one. */
const sameSender: Contradiction = ({ settings: { senders } }) =>
  senders.flatMap(({ address }, at) => {
    const first = senders.findIndex((each) => each.address.toLowerCase() === address.toLowerCase());
    return first < at
      ? `senders.${at}.address: senders.${first} has the same address: write another, or take one of the two out`
      : [];
  });

const strangeSender: Contradiction = ({ settings: { senders, xdr } }) =>
  xdr.flatMap(({ senders: names = [] }, system) =>
    names.flatMap((name, at) =>
      senders.some(({ address }) => address === name)
        ? []
        : `xdr.${system}.senders.${at}: nobody sends from this address: write the address of one of senders`,
    ),
  );

const sameSystem: Contradiction = ({ settings: { xdr } }) =>
  xdr.flatMap(({ subject }, at) => {
    const first = xdr.findIndex((each) => each.subject === subject);
    return first < at
      ? `xdr.${at}.subject: xdr.${first} is the same system: write both as one entry`
      : [];
  });

export const ofMail: readonly Contradiction[] = [
  overTheLimitOfSes,
  outsideTheIdentity,
  tlsOfNobody,
  mailboxInClear,
  twoWaysIn,
  nobodyConfirms,
  sameSender,
  strangeSender,
  sameSystem,
];
