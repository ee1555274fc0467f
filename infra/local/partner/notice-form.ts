/** How a notice differs from what every agent can read: all of it is allowed, or nearly, and met in the field. */
export type NoticeForm =
  /** In the report. */
  | 'spaces-before-colons'
  | 'folded-fields'
  | 'spaces-in-disposition'
  /** One blank between `;` and the type, as `; failed`. */
  | 'space-before-type'
  | 'no-disposition'
  /** A DSN with everything in the block of the message. */
  | 'one-block'
  /** In the header of the message. */
  | 'spaces-before-colons-of-header'
  | 'lower-case-header'
  /** Sender is somebody else than From. */
  | 'different-sender'
  /** In the envelope, and in the header outside. */
  | 'null-sender'
  | 'different-message-id';
