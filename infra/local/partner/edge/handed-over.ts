import type { XdrRequest } from '../../../../shared/package/xdr/xdr.ts';
import type { MessageContents } from '../received-message.ts';

/** What a customer handed over to its HISP, in clear. */
export interface HandedOver {
  readonly by: 'smtp' | 'xdr';
  /** As it came, without what TLS, SMTP or HTTP put around it. */
  readonly raw: Uint8Array;
  /** Why it was refused, one line each; nothing when it was taken. */
  readonly refusedFor: readonly string[];
  /** Once it could be read. */
  readonly copy?: HandedCopy;
}

export interface HandedCopy {
  /** As it stands there: with brackets, or as a URI. */
  readonly messageId: string;
  readonly from: string | undefined;
  readonly recipients: readonly string[];
  /** Of the zip, or the documents of the request by the names that its metadata give them. */
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** What is wrong within the zip: the reader's affair. */
  readonly notes: readonly string[];
  /** By SMTP. */
  readonly message?: MessageContents;
  /** By XDR. */
  readonly request?: XdrRequest;
}
