import type { DirectAddress } from '../../ids.ts';
import type { XmlElement } from '../../record/xml-tree.ts';
import type { SubmissionSet } from '../read/described-set.ts';
import type { DescribedDocument } from '../read/described-document.ts';

/**
 * An ITI-41 request, Provide and Register Document Set-b. Wherever one is kept or passed on as bytes, it is a MIME entity
 * of its own: the Content-Type of the HTTP request, an empty line, and the body as it was.
 *
 * @see IHE ITI TF-2: 3.41; XDR and XDM for Direct Messaging 1.0
 */
export interface XdrRequest {
  /** WS-Addressing MessageID, as it stands there. */
  readonly messageId: string;
  /** `direct:metadata-level`; absent when it is not said. */
  readonly level?: 'minimal' | 'XDS';
  readonly addressing: XdrAddressing;
  /** With XOP, or everything in one XML document: the answer is in the same form. */
  readonly isMtom: boolean;
  readonly contents:
    | { readonly kind: 'submission'; readonly submission: XdrSubmission }
    | { readonly kind: 'disposition'; readonly said: MessageDisposition };
}

/** `direct:addressBlock`, and where it leaves a gap what the submission set says. */
export interface XdrAddressing {
  /** `direct:from`, else the author's telecommunication; absent when neither is a Direct address. */
  readonly from?: DirectAddress;
  /** `direct:to`, else the intended recipients; each once. */
  readonly to: readonly DirectAddress[];
  /** X-DIRECT-FINAL-DESTINATION-DELIVERY is asked for. */
  readonly wantsFinalDelivery: boolean;
  /** `relatesTo` of `direct:notification`: the MessageID of what this is about. */
  readonly relatesTo?: string;
}

/** What a request asks to be sent: one submission set and its documents. */
export interface XdrSubmission {
  /** The RegistryObjectList, of which an XDM or another request can be made. */
  readonly objects: XmlElement;
  readonly set: SubmissionSet;
  /** In the order of the metadata; at least one. */
  readonly documents: readonly XdrDocument[];
}

export interface XdrDocument {
  /** Of the ExtrinsicObject and of the Document element. */
  readonly id: string;
  readonly described: DescribedDocument;
  readonly bytes: Uint8Array;
}

/** What became of a copy, as an XDR edge is told: Direct Edge Protocols 1.1, section 1.5.2.1.1. */
export interface MessageDisposition {
  readonly recipient: DirectAddress;
  readonly disposition: 'success' | 'failure';
  /** An NCName: our failure code with its slash as a dot, of ours. */
  readonly reasonForFailure?: string;
}
