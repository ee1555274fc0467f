import { addressName } from '../../shared/discover/dns-cert.ts';
import { startDnsServer, type DnsServer } from './world/dns-server.ts';
import type { MailIntake } from './events/receipt-rules.ts';
import { PARTNER_DOMAIN, type Identities } from './certificates/identities.ts';
import { SmtpReply, startInboundSmtp, type InboundSmtp } from './world/inbound-smtp.ts';
import { LOCAL_AUDIENCE, startIssuer, type Issuer } from './world/issuer.ts';
import { startKmsEndpoint, type KmsEndpoint } from './world/kms-endpoint.ts';
import { lookupInDns } from './partner/lookup.ts';
import { HISP_CLIENT, HISP_LOGIN } from './partner/edge/account.ts';
import { startEdgeHisp, type EdgeHisp } from './partner/edge/edge-hisp.ts';
import { startPartnerHisp, type PartnerHisp, type PartnerOptions } from './partner/partner-hisp.ts';
import { startSesEndpoint, type SesEndpoint } from './world/ses/ses-endpoint.ts';
import { startAll } from './process/start-all.ts';

/**
 * All that is not the system: the portal's issuer, the DNS, the way in for mail, the HISP of a recipient, a HISP of somebody
 * else that would send for us, SES, KMS.
 */
export interface World {
  readonly issuer: Issuer;
  readonly dns: DnsServer;
  readonly inbound: InboundSmtp;
  readonly partner: PartnerHisp;
  readonly edge: EdgeHisp;
  readonly ses: SesEndpoint;
  readonly kms: KmsEndpoint;
  /** From now on mail that comes in goes to the one, and what is told by HTTP to the other; until then it is asked to come later. */
  connect(mail: MailIntake, apiUrl: string): void;
  close(): Promise<void>;
}

export interface WorldPorts {
  readonly issuer?: number;
  readonly dns?: number;
  readonly inbound?: number;
  readonly partner?: number;
}

export interface WorldOptions {
  readonly identities: Identities;
  readonly ports?: WorldPorts;
  readonly partner?: Partial<PartnerOptions>;
  /** Of SES, before anything is deployed. */
  readonly activeRuleSet?: string;
}

export async function startWorld(options: WorldOptions): Promise<World> {
  let mail: MailIntake | undefined;
  const around = await startAround(options, () => {
    if (!mail) throw new SmtpReply(451, 'Starting; come back in a moment');
    return mail;
  });
  const beyond = await startBeyond(options, around.values).catch(async (error: unknown) => {
    await around.close();
    throw error;
  });
  return {
    ...around.values,
    ...beyond.values,
    connect: (intake, apiUrl) => {
      mail = intake;
      beyond.values.edge.connect({
        apiUrl,
        token: () => around.values.issuer.token({ kind: 'system', subject: HISP_CLIENT }),
      });
    },
    async close() {
      await beyond.close();
      await around.close();
    },
  };
}

function startAround({ identities, ports = {} }: WorldOptions, mail: () => MailIntake) {
  const records = {
    ...Object.fromEntries(
      identities.holder.senders.map(({ address, identity }) => [
        addressName(address),
        [identity.certificate],
      ]),
    ),
    [PARTNER_DOMAIN]: [identities.partner.identity.certificate],
  };
  const { kms } = identities.holder;
  return startAll({
    kms: startKmsEndpoint({ keys: kms ? { [kms.keyArn]: kms.identity.privateKey } : {} }),
    issuer: startIssuer({ audience: LOCAL_AUDIENCE, ...portOf(ports.issuer) }),
    dns: startDnsServer({ records, ...portOf(ports.dns) }),
    inbound: startInboundSmtp({
      ...portOf(ports.inbound),
      accept: (address) => mail().takesMailFor(address),
      deliver: (raw, recipients) => mail().take(raw, recipients),
    }),
  });
}

/** Who gets our mail, and the way to them that is not SMTP. */
function startBeyond(options: WorldOptions, around: Pick<World, 'dns' | 'inbound'>) {
  const partner = startPartner(options, around);
  const { activeRuleSet } = options;
  const ses = partner.then(({ address }) =>
    startSesEndpoint({ relayTo: address, ...(activeRuleSet && { activeRuleSet }) }),
  );
  const edge = startEdgeHisp({
    tls: options.identities.tls,
    customers: options.identities.holder.senders.map(({ address }) => address),
    login: HISP_LOGIN,
  });
  return startAll({ partner, ses, edge });
}

const startPartner = (
  { identities, ports = {}, partner }: WorldOptions,
  { dns, inbound }: Pick<World, 'dns' | 'inbound'>,
): Promise<PartnerHisp> =>
  startPartnerHisp({
    identity: identities.partner.identity,
    anchors: [identities.holder.authority.certificate],
    lookup: lookupInDns(dns.address),
    replyTo: inbound.address,
    ...portOf(ports.partner),
    ...partner,
  });

const portOf = (port: number | undefined): { port?: number } =>
  port === undefined ? {} : { port };
