import { isSes } from '../../../config.ts';
import type { Check, Examined } from '../check.ts';
import { account, configurationSet, identityOf } from '../asking/ses-account.ts';
import { doubtful, NotHere, well, wrong, type Finding } from '../finding.ts';
import { relaysOf } from './relay.ts';

const MUCH = 0.8;

/** Where copies go by SES: what the account may send, in whose name, and that nothing is dropped without a word. */
export const ses: Check = {
  name: 'ses',
  async look(examined) {
    if (!relaysOf(examined).some(isSes)) return [well('No copy goes by SES.')];
    if (examined.deployed.isLocal) {
      throw new NotHere('The SES of the local system has no account to look at.', 'Look at the deployed stage.'); // prettier-ignore
    }
    const { senders, stage } = examined.config.settings;
    const [ofAccount, ofSet, ...ofSenders] = await Promise.all([
      accountOf(examined),
      setOf(`direct-transmit-${stage}`, examined),
      ...senders.map(({ address }) => senderOf(address)),
    ]);
    return [...ofAccount, ...ofSenders.flat(), ...ofSet];
  },
};

/** Stages in which nobody waits for a copy. */
const TRIAL = ['sandbox', 'local', 'test'];

async function accountOf({ config: { settings } }: Examined): Promise<readonly Finding[]> {
  const { ProductionAccessEnabled, SendingEnabled, EnforcementStatus, SendQuota } = await account();
  const box = TRIAL.includes(settings.stage) ? doubtful : wrong;
  const findings: Finding[] = [
    ProductionAccessEnabled
      ? well('The account may send to anybody.')
      : box('The account is in the sandbox: only recipients that SES has verified get anything.', 'Ask AWS for production access: docs/deploy.md.'), // prettier-ignore
  ];
  if (!SendingEnabled) {
    findings.push(wrong('SES has stopped sending for this account.', 'See the account dashboard of SES, and answer the case that AWS opened.')); // prettier-ignore
  }
  if (EnforcementStatus !== undefined && EnforcementStatus !== 'HEALTHY') {
    findings.push(doubtful(`SES has the account under ${EnforcementStatus}.`, 'Answer the case that AWS opened before sending is stopped.')); // prettier-ignore
  }
  return [...findings, ...quotaOf(SendQuota ?? {}, settings.relay.copiesPerSecond)];
}

interface Quota {
  readonly Max24HourSend?: number | undefined;
  readonly SentLast24Hours?: number | undefined;
  readonly MaxSendRate?: number | undefined;
}

function quotaOf(
  { Max24HourSend: most = -1, SentLast24Hours: sent = 0, MaxSendRate: rate }: Quota,
  copiesPerSecond: number,
): readonly Finding[] {
  const says = `${sent} of ${most} mails were sent in 24 hours`;
  const fix = 'Ask AWS for a larger sending quota.';
  const quota =
    most < 0
      ? well('The account has no quota.')
      : sent >= most
        ? wrong(`${says}: nothing goes out.`, fix)
        : sent >= MUCH * most
          ? doubtful(`${says}.`, fix)
          : well(`${says}.`);
  const isFast = rate !== undefined && copiesPerSecond > rate;
  return [
    quota,
    ...(isFast
      ? [doubtful(`relay.copiesPerSecond is ${copiesPerSecond}, and SES takes ${rate} a second.`, `Set relay.copiesPerSecond to ${rate}.`)] // prettier-ignore
      : []),
  ];
}

async function senderOf(address: string): Promise<readonly Finding[]> {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  const identity = (await identityOf(domain)) ?? (await identityOf(address));
  if (!identity?.VerifiedForSendingStatus) {
    return [wrong(`SES has not verified ${domain}.`, 'Publish the records that the mail stack gives as outputs: docs/deploy.md.')]; // prettier-ignore
  }
  const { DkimAttributes: dkim, MailFromAttributes: from } = identity;
  const findings = [well(`SES has verified ${domain}.`)];
  if (!dkim?.SigningEnabled || dkim.Status !== 'SUCCESS') {
    findings.push(doubtful(`SES does not sign for ${domain} (DKIM ${dkim?.Status ?? 'is off'}).`, 'Publish the three CNAME records of DKIM that the mail stack gives as outputs.')); // prettier-ignore
  }
  if (from?.MailFromDomainStatus !== 'SUCCESS') {
    findings.push(doubtful(`${domain} has no MAIL FROM domain of its own (${from?.MailFromDomainStatus ?? 'not set'}).`, 'Publish the MX and SPF records of the MAIL FROM domain that the mail stack gives as outputs.')); // prettier-ignore
  }
  return findings;
}

/** Without these it is not heard that a copy came to nothing. */
const NEEDED = ['SEND', 'DELIVERY', 'BOUNCE', 'REJECT', 'COMPLAINT'] as const;

async function setOf(
  name: string,
  { config: { deployment } }: Examined,
): Promise<readonly Finding[]> {
  const set = await configurationSet(name);
  if (set === undefined) return [wrong(`There is no configuration set ${name}.`, 'Deploy the mail stack: no copy is taken without it.')]; // prettier-ignore
  const deploy = 'Deploy the mail stack again: somebody changed its configuration set by hand.';
  const { SuppressionOptions, SendingOptions, DeliveryOptions, destinations } = set;
  const told = destinations
    .filter(({ Enabled, SnsDestination }) => Enabled && SnsDestination)
    .flatMap(({ MatchingEventTypes }) => MatchingEventTypes ?? []);
  const untold = NEEDED.filter((kind) => !told.includes(kind));
  const tls = DeliveryOptions?.TlsPolicy ?? 'OPTIONAL';
  const findings: Finding[] = [];
  if (SuppressionOptions?.SuppressedReasons?.length !== 0) findings.push(wrong(`${name} drops copies to whoever is on the suppression list, without a word.`, deploy)); // prettier-ignore
  if (SendingOptions?.SendingEnabled === false) findings.push(wrong(`${name} has sending switched off.`, deploy)); // prettier-ignore
  if (untold.length > 0) findings.push(wrong(`${name} tells nobody of ${untold.join(', ')}.`, deploy)); // prettier-ignore
  if (tls !== deployment.sesTls) findings.push(doubtful(`${name} has TLS ${tls}, the settings ${deployment.sesTls}.`, deploy)); // prettier-ignore
  return findings.length > 0 ? findings : [well(`${name} drops nothing, and tells what becomes of copies.`)]; // prettier-ignore
}
