/**
 * What a host page needs to know of `<share-with-direct>`: published beside the component as its types, so it imports
 * nothing.
 */

/** Why a token is asked for: there is none yet, the last one was refused, or more is wanted than it says. */
export type TokenReason =
  | { readonly kind: 'first' | 'expired' }
  | {
      readonly kind: 'step-up';
      /** As the API asks for it (RFC 9470): blanks between. */
      readonly acrValues?: string;
      readonly maxAgeSeconds?: number;
    };

/** Gives an access token for the API. When it rejects, whoever is at the screen is told, and may try again. */
export type TokenSource = (reason: TokenReason) => Promise<string>;

/** What the component tells the page: ids and codes, never a name or an address. */
export interface ShareWithDirectEvents {
  /** The terms were accepted or declined, and that is on record. */
  'share-answered': { readonly decision: 'accepted' | 'rejected'; readonly consentId: string };
  /** A request is on record; copies leave now. */
  'share-requested': { readonly requestId: string };
  'share-changed': { readonly requestId: string };
  'share-stopped': { readonly requestIds: readonly string[] };
  /** A copy that is on the screen stands otherwise than before. */
  'share-status': {
    readonly transmissionId: string;
    readonly status: string;
    readonly code?: string;
  };
  /** Something could not be done. */
  'share-trouble': { readonly code: string };
}

/**
 * The element. Attributes: `api` (origin of the API), `patient` (the data holder's id), `lang` (`en` or `es`), `role`
 * (`provider` for the screens of a provider).
 */
export interface ShareWithDirectElement extends HTMLElement {
  /** Has to be set before anything is shown. */
  token: TokenSource | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'share-with-direct': ShareWithDirectElement;
  }
}
