import { DescribeActiveReceiptRuleSetCommand, SESClient } from '@aws-sdk/client-ses';
import {
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetConfigurationSetEventDestinationsCommand,
  GetEmailIdentityCommand,
  NotFoundException,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { REQUEST_HANDLER } from '../../../../shared/adapters/request-handler.ts';

const client = (): SESv2Client => new SESv2Client({ requestHandler: REQUEST_HANDLER });

/** What SES says of the account in this region: whether it may send, to whom, and how much. */
export const account = () => client().send(new GetAccountCommand());

/** A domain or an address that SES may send for; nothing when it knows none of that name. */
export const identityOf = (name: string) =>
  unlessAbsent(client().send(new GetEmailIdentityCommand({ EmailIdentity: name })));

/** How copies are treated, and who is told what becomes of them; nothing when there is no such set. */
export async function configurationSet(name: string) {
  const asked = { ConfigurationSetName: name };
  const set = await unlessAbsent(client().send(new GetConfigurationSetCommand(asked)));
  if (set === undefined) return undefined;
  const told = await client().send(new GetConfigurationSetEventDestinationsCommand(asked));
  return { ...set, destinations: told.EventDestinations ?? [] };
}

/** The one set of receipt rules by which mail is taken in, of the older API. */
export const activeRules = () =>
  new SESClient({ requestHandler: REQUEST_HANDLER }).send(
    new DescribeActiveReceiptRuleSetCommand(),
  );

async function unlessAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
}
