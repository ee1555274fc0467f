import { fail, type Outcome } from '../../outcome.ts';

export interface XdrAnswer {
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** What is answered: that it was taken, or why not, in one of our codes and its sentence. */
export type XdrOutcome = 'success' | { readonly code: string; readonly text: string };

export function registryAnswer(
  request: { readonly messageId: string; readonly isMtom: boolean },
  outcome: XdrOutcome,
): XdrAnswer {
  return { contentType: request.messageId, body: Buffer.from(JSON.stringify(outcome)) };
}

export function faultAnswer(kind: 'Sender' | 'Receiver', code: string, text: string): XdrAnswer {
  return { contentType: kind, body: Buffer.from(`${code} ${text}`) };
}

export function readRegistryAnswer(
  contentType: string,
  body: Uint8Array,
): Outcome<'success' | { readonly errorCodes: readonly string[] }> {
  return fail('package/bad-metadata', `${contentType} ${body.length}`);
}
