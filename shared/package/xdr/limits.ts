const MIB = 1024 * 1024;

/** How much of a request from outside is read. What the door takes is less: 4.4 MB. */
export const XDR_LIMITS = {
  /** The SOAP message itself, in which documents may stand in base64. */
  soapBytes: 8 * MIB,
  documents: 200,
  /** Each document, and the SOAP message. */
  parts: 201,
  partHeadBytes: 8 * 1024,
  partFields: 20,
  recipients: 100,
  /** A message disposition is a few lines. */
  dispositionBytes: 16 * 1024,
} as const;
