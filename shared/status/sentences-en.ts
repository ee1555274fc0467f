/** What facts mean, one sentence or more each, in English. */
export const ENGLISH = {
  requested: 'A copy of the record was asked for.',
  recordOlder: ' The record is older than what happened.',
  reached: 'A message without health data has arrived at the address; the copy follows.',
  anotherAttempt: ' Another attempt follows.',
  noMoreTime: ' The time for attempts is over.',
  aboutToLeave: 'The copy was packaged, signed and encrypted, and is about to leave.',
  aboutToLeaveByHisp:
    "The copy was packaged, and is about to leave for another organisation's mail service, which finds and checks the recipient and encrypts the copy.",
  /** Who uses a certificate of which nobody knows whether it was revoked says so to the patient. */
  revocationUnknown: " Nobody could say whether the recipient's certificate was revoked.",
  leftOut: (documents: number): string =>
    documents === 1
      ? ' One document was left out because it is sensitive.'
      : ` ${documents} documents were left out because they are sensitive.`,
  handedToHisp: 'The copy was handed over to the mail service of another organisation.',
  handedToRelay: 'The copy was handed over to the mail relay.',
  uncertain: 'The connection was lost while the copy was handed over; it may have left.',
  foundSent: 'An operator found out that the copy left.',
  foundNotSent: 'An operator found out that this attempt did not leave.',
  hastened: 'An operator asked for the next attempt at once.',
  halted: 'Sending was stopped for everybody; the copy waits, and loses no time by it.',
  continued: 'Sending goes on.',
  takenByHisp:
    'The mail service to which the copy was handed over has confirmed that it took the copy.',
  taken: 'The mail relay has confirmed that it took the copy.',
  delivered: "The copy has reached the recipient's mail server.",
  delayed: 'A mail server on the way says that the copy is delayed; it goes on trying.',
  confirmed: 'The mail service to which the copy was handed over says that it delivered the copy.',
  processed: "The recipient's mail service has received, decrypted and checked the copy.",
  dispatched: "The copy has arrived in the recipient's mailbox.",
  passedOn: "The recipient's mail service has passed the copy on.",
  recipientFailed: "The recipient's mail service could not deliver the copy.",
  lateNotice: 'A notice came after the end; it is kept and changes nothing.',
  endedDelivered: 'The copy was delivered.',
};

/** The same sentences in another language. */
export type Sentences = typeof ENGLISH;
