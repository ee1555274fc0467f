import { dirname, relative } from 'node:path';
import { PARTNER_DOMAIN } from '../certificates/identities.ts';
import type { LocalSystem } from '../local-system.ts';
import type { SamplePatient } from '../sample/record.ts';

type Shown = Pick<
  LocalSystem,
  'apiUrl' | 'issuer' | 'partner' | 'dns' | 'engines' | 'logFile' | 'portalUrl'
>;

/** What somebody needs who has just started the system. Lines that begin with two blanks and `$ ` are commands that work. */
export function guide(system: Shown, patient: SamplePatient, text: ShownText): string {
  const { apiUrl, issuer, dns } = system;
  const { find, check, accept, share, look, log, discharge } = commandsFor(patient, text);
  return `${placesOf(system)}
The sample patients are registered, and their records are loaded.${inTheBrowser(system)}
The same by the API, for the patient ${patient.id}. In another shell:

  $ API=${apiUrl} ISSUER=${issuer.url}
  $ token() { curl -s $ISSUER/token "$@" | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/'; }
  $ PATIENT=$(token -d kind=patient -d patient=${patient.id})
  $ EHR=$(token -d kind=system)

Find a place to send to, as the patient: in the data holder's own list, infra/config/directory/local.csv:

  $ ${find}

See which certificate is published for an address, and whether the data holder trusts it:

  $ npm run -s transmit -- discover ${RECIPIENT} --dns ${dns.address}
  $ ${check}

Read the consent text, and accept it as the patient:

  $ curl -s $API/v1/consent-texts/${text.language}
  $ ${accept}

Ask to have the record sent, now and at every update:

  $ ${share}

Then see what became of the copy, a few seconds later, and what was done in the patient's name, and report a discharge as the EHR, which sends another:

  $ ${look}
  $ ${log}
  $ ${discharge}

${otherwise(system)}`;
}

const otherwise = ({
  logFile,
}: Shown): string => `Look whether all is well with it: settings, DNS, certificates, relay:

  $ npm run -s transmit -- doctor --local ${relative(process.cwd(), dirname(logFile))}

Other mailboxes of the partner behave as they are called: processed-only@, silent@, failed@, undeliverable@, refuse@, busy@,
and robots of the certification tool: processeddispatched6@, nomdn8@, delaydispatched5@ (minutes), missing_disposition@ …
`;

const RECIPIENT = `dr.lopez@${PARTNER_DOMAIN}`;

const placesOf = ({ apiUrl, portalUrl, issuer, dns, partner, engines, logFile }: Shown): string => `
Direct Transmit runs on this machine. Ctrl-C stops it; nothing is kept.

${portalUrl === undefined ? '' : `  Portal         ${portalUrl}/ (in a browser: sign in as a sample user)\n`}  API            ${apiUrl}
  Token issuer   ${issuer.url} (in a browser: choose who you are, copy a token)
  DNS            ${dns.address}
  Event bus      ${engines.eventBus.endpoint} (answers what was reported)
  Partner HISP   every mailbox of ${PARTNER_DOMAIN}, SMTP at ${partner.address}
  Log            ${logFile}
`;

/** What to press, for whoever looks before he reads. */
const inTheBrowser = ({ portalUrl }: Shown): string =>
  portalUrl === undefined
    ? ''
    : ` In a browser:

  ${portalUrl}/share      as Ana: Share with Direct, agree, find "heart" or type ${RECIPIENT}, Share;
    then, after Done: where the record goes, Change, Stop, Activity. A parent of Ana is told for whom they act
  ${portalUrl}/provider   as Dr. Morgan, with a chart open: Add a Direct address, what the patient says and how, Share
`;

export interface ShownText {
  readonly language: string;
  readonly version: string;
  readonly sha256: string;
}

function commandsFor(patient: SamplePatient, text: ShownText) {
  const there = `$API/v1/patients/${patient.id}`;
  const wanted = { addresses: [RECIPIENT], frequency: 'on-update' };
  const event = {
    // The shell puts in what is new each time: the quotes end its text and begin it again.
    eventId: "'$(date +%s)'",
    type: 'discharge',
    patientId: patient.id,
    // Before the record was loaded: one that is older than what happened is waited for.
    occurredAt: "'$(date -u +%Y-%m-%dT00:00:00Z)'",
  };
  return {
    find: `curl -s "$API/v1/directory?q=heart%20portland" -H "Authorization: Bearer $PATIENT"`,
    check: post('$API/v1/direct-addresses/check', 'PATIENT', { address: RECIPIENT }),
    accept: post(`${there}/consents`, 'PATIENT', { decision: 'accepted', text }),
    share: post(`${there}/transmit-requests`, 'PATIENT', wanted),
    look: `curl -s ${there}/transmissions -H "Authorization: Bearer $PATIENT"`,
    log: `curl -s ${there}/activity -H "Authorization: Bearer $PATIENT"`,
    discharge: post('$API/v1/events', 'EHR', event),
  };
}

const post = (url: string, token: string, body: object): string =>
  [
    `curl -s ${url} -H "Authorization: Bearer $${token}"`,
    ...(token === 'PATIENT' ? [`-H "Idempotency-Key: $(date +%s)"`] : []),
    `-H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`,
  ].join(' ');
