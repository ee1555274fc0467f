import { domainOf, messageIdOf, type MessageId } from '../../ids.ts';
import { fail, type Refused } from '../../outcome.ts';
import type { SigningKeys } from '../../secure/keys.ts';
import type { Settings } from '../../settings.ts';
import type { Transmission } from '../../transmission/transmission.ts';
import type { RecipientPorts } from '../../trust/recipient.ts';
import type { Intent } from '../hand-over.ts';
import type { PayloadPorts } from '../payload.ts';
import type { Relay } from '../relay.ts';

export interface PreparePorts extends PayloadPorts, RecipientPorts {
  readonly settings: Settings;
  readonly keys: SigningKeys;
  readonly messageIdSecret: () => Promise<string>;
  readonly relay: Relay;
}

/** A message that is ready to leave, and what the ledger says before it does. */
export interface Prepared {
  readonly intent: Intent;
  readonly bytes: Uint8Array;
}

/** By which a copy is known, whatever its form. */
export const messageIdFor = async (
  { id, sender }: Transmission,
  { messageIdSecret }: Pick<PreparePorts, 'messageIdSecret'>,
): Promise<MessageId> => messageIdOf(id, await messageIdSecret(), domainOf(sender));

/** @returns undefined when the relay takes as much */
export const tooLarge = (sizeBytes: number, { maxMessageBytes }: Relay): Refused | undefined =>
  sizeBytes > maxMessageBytes
    ? fail('deliver/too-large', `${sizeBytes} bytes, over ${maxMessageBytes}`)
    : undefined;

/** How much of the record a copy has. */
export const extentOf = (
  documents: number,
  excluded: number,
): Pick<Intent, 'documents' | 'excluded'> => ({
  documents,
  ...(excluded > 0 ? { excluded } : {}),
});
