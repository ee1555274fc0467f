/** What one copy takes, from a trigger that is posted to its second notice. */
export const ONE_COPY = {
  /** Counted by test/docs/one-copy.ts with the real handlers: both tables, and the index. */
  writeUnits: 110,
  readUnits: 48,
  busEvents: 5,
  /** Of `Scratch`: a call counted, a second of the relay, what was found in DNS. */
  scratchUnits: 4,
  /** The trigger, the copy and two notices, each sent, received and deleted. */
  queueRequests: 12,
  /** The copy and two notices. */
  bucketPuts: 3,
  /** The document and two notices. */
  bucketGets: 3,
  /** Two notices. */
  mailsIn: 2,
  keyRequests: 6,
  /** The event and its authorizer, ring, match, send, two notices, report. */
  calls: 11,
  apiCalls: 1,
  /** Assumed: it was not measured on AWS. A second of the sender's 1.7 GB is most of it. */
  gigabyteSeconds: 4,
  /** Assumed. */
  logKilobytes: 6,
} as const;

/** Of a zip as it travels: signed and encrypted, it is in base64 twice. */
export const wireMegabytes = (zipMegabytes: number): number => 1.874 * zipMegabytes + 0.02;
