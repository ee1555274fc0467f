import type { FunctionName } from '../../functions.ts';
import type { Sensitive } from './sensitive.ts';

interface Context {
  /** What it is for, in one sentence. */
  readonly purpose: string;
  /** What comes to it by its event, beside what its role lets it fetch. */
  readonly given?: readonly Sensitive[];
}

/** Every function, by what it is for. What it may reach the templates say, and what it holds follows from both. */
export const CONTEXTS: Readonly<Record<FunctionName, Context>> = {
  'accept-upload': {
    purpose: 'Takes a document that was uploaded into the record of its patient.',
  },
  'activate-receipt-rules': {
    purpose: 'Has SES take in mail by the rules of the stage, when the stage is deployed.',
  },
  activity: { purpose: 'Shows a patient who did what with the record, and when.' },
  addresses: { purpose: 'Looks for a certificate of an address before anything is asked for.' },
  'api-description': { purpose: 'Answers that it is there, and the description of the API.' },
  authorizer: { purpose: 'Decides of every call whose token it is and what that allows.' },
  consents: { purpose: 'Shows the text of consent and records the answer.', given: ['patients'] },
  'deliver-webhook': {
    purpose: 'Tells a webhook, or a system that sent by XDR, what became of a copy.',
  },
  directory: { purpose: 'Finds a place to send to.' },
  events: {
    purpose: 'Takes what happened to a patient from the holder’s systems.',
    given: ['patients'],
  },
  'inbound-mail': { purpose: 'Takes mail from a relay that receives for us.', given: ['mail'] },
  'match-triggers': { purpose: 'Makes copies of what happened, by what patients asked for.' },
  'name-caller': {
    purpose: 'Says to the user pool of the stage what a token allows, by the group of its user.',
  },
  patients: { purpose: 'Takes who a patient is from the holder’s systems.', given: ['patients'] },
  'poll-mailbox': {
    purpose: 'Fetches mail from a mailbox on somebody else’s server.',
    given: ['mail'],
  },
  'publish-portal': {
    purpose:
      'Puts the files of the hosted pages where browsers get them, when the stage is deployed.',
  },
  purge: { purpose: 'Removes what has been kept for its time and is under no legal hold.' },
  'receive-notification': { purpose: 'Opens mail that came in and reads what became of a copy.' },
  'receive-relay-event': { purpose: 'Takes what SES says of copies that it was given.' },
  records: { purpose: 'Takes, lists and removes documents of a record.', given: ['records'] },
  'refresh-trust': {
    purpose: 'Fetches trust bundles and looks whether our own certificate is found.',
  },
  report: { purpose: 'Enters in the audit what happened, and tells it to those who listen.' },
  ring: { purpose: 'Rings for what is new in the table.' },
  'send-transmission': { purpose: 'Packages, signs, encrypts and hands over one copy.' },
  sweep: { purpose: 'Rings each minute for what is due.' },
  transmissions: { purpose: 'Shows what became of copies, and has one sent again.' },
  'transmit-requests': {
    purpose: 'Takes, changes and ends what patients ask for.',
    given: ['patients'],
  },
  uploads: {
    purpose: 'Signs forms for documents that are too large for a call.',
    given: ['patients'],
  },
  webhooks: { purpose: 'Keeps the addresses of the holder’s systems that are told.' },
  xdr: { purpose: 'Takes documents that are sent by XDR.', given: ['records', 'patients'] },
};
