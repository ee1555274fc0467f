import { sha256 } from '../../shared/ids.ts';
import { KINDS } from '../../shared/kinds.ts';
import type { SettingsInput } from '../../shared/settings.ts';
import type { Identities } from './certificates/identities.ts';
import { relaySettings, type Routing } from './relay-wiring.ts';
import type { Stage } from './stage.ts';
import type { World } from './world.ts';

/** Long enough to see that something is waited for, short enough to wait for it. */
const TRIGGERS: SettingsInput['triggers'] = {
  quietSeconds: 2,
  atMostSeconds: 10,
  staleRecordWaitSeconds: 10,
  noRecordWaitSeconds: 60,
};

/** Who follows a copy here asks several times a second, and many callers are one: quotas are another deployment's. */
const AMPLE = 100_000;
const API: SettingsInput['api'] = {
  requestsPerMinute: Object.fromEntries(KINDS.map((kind) => [kind, AMPLE])),
  routes: {},
};

/** Nobody listens there: what the HISP of this machine has to say, it says to the API. */
const NO_MAILBOX = 'imap://127.0.0.1:1';

export interface Laying extends Routing {
  readonly settings?: Partial<SettingsInput>;
  readonly mutualTls?: boolean;
}

/**
 * The settings of a stage with the world of this machine laid over: whom functions trust, whom they call and who calls them
 * is here, and nothing is waited for long.
 */
export function laidOver(
  { name, settings }: Stage,
  { settings: given = {}, ...wanted }: Laying,
  { world, identities }: { readonly world: World; readonly identities: Identities },
): object {
  const { relay, hisp } = relaySettings(wanted, world, identities);
  const { relay: otherwise, ...others } = given;
  return {
    ...settings,
    stage: name,
    anchors: [identities.partner.authority.certificatePem],
    bundles: [],
    outboundLoopback: true,
    triggers: { ...settings.triggers, ...TRIGGERS },
    api: API,
    hisp,
    xdr: wanted.mutualTls ? [certifiedSystem(identities.systems)] : [],
    ...(settings.mailbox && { mailbox: { ...settings.mailbox, url: NO_MAILBOX } }),
    relay: { ...settings.relay, ...relay, ...otherwise },
    ...others,
  };
}

/** The system that shows the certificate, as the settings name it. */
const certifiedSystem = ({ client }: Identities['systems']) => ({
  subject: 'local-ehr',
  certificates: [sha256(client.certificate)],
});
