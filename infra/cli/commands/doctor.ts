import { join } from 'node:path';
import { STARTED } from '../../local/start/started.ts';
import { UsageError, type Command, type Report } from '../command.ts';
import { needed, onlyOne, readArgs } from '../command-line.ts';
import { CHECKS } from '../doctor/checks.ts';
import { examine, type Told } from '../doctor/examine.ts';
import { reportOnAddress } from '../doctor/one-address.ts';
import { doctorReport } from '../doctor/report.ts';
import { runChecks } from '../doctor/run-checks.ts';
import { OUTSIDE_NOTES, OUTSIDE_OPTIONS, OUTSIDE_USAGE } from '../outside.ts';

const OPTIONS = {
  stage: { type: 'string' },
  settings: { type: 'string' },
  local: { type: 'string' },
  outputs: { type: 'string' },
  'identity-secret': { type: 'string', multiple: true },
  'relay-secret': { type: 'string' },
  'trust-bucket': { type: 'string' },
  relay: { type: 'string' },
  anchor: { type: 'string', multiple: true },
  cert: { type: 'string' },
  ...OUTSIDE_OPTIONS,
} as const;

/** Whether all is well with an installation, line by line, each that is not with what to do about it. */
export const doctorCommand: Command = {
  usage:
    'doctor (--stage NAME | --settings FILE | --local FOLDER) [--outputs FILE] [--identity-secret ARN …] [--relay-secret ARN] ' +
    `[--trust-bucket NAME] [--relay URL] [--anchor FILE …] ${OUTSIDE_USAGE}, ` +
    'or doctor ADDRESS --cert FILE (--anchor FILE … | --settings FILE)',
  does: 'Looks at settings, clock, DNS, bundles, own certificates, relays and SES, and says what to put right.',
  notes: [
    '--stage: its settings in infra/config; --settings: a file of settings.',
    '--local: the folder of a run of `npm start`, which says its name.',
    '--outputs: what `cdk deploy --outputs-file FILE` wrote: it names the secrets and the bucket, which can also be named by',
    '--identity-secret (one ARN or two: what signs, what decrypts), --relay-secret and --trust-bucket.',
    '--relay: the relay that was given when deploying, where the settings name none.',
    '--anchor: the authorities that others go by, beside those of the stage.',
    'Region, credentials and endpoints are those of the AWS SDK. What cannot be looked at from here is a warning.',
    'With an ADDRESS it looks for one certificate alone, as a stranger does.',
    '--cert: the one that should be found, in PEM or DER.',
    ...OUTSIDE_NOTES,
  ],

  async run(args) {
    const { values, positionals } = readArgs(args, OPTIONS);
    if (positionals.length > 0 || values.cert !== undefined) {
      const address = onlyOne(positionals, 'address of ours');
      return reportOnAddress({
        ...values,
        address,
        cert: needed(values.cert, 'our certificate with --cert FILE'),
      });
    }
    const ways = [values.stage, values.settings, values.local];
    if (ways.filter((each) => each !== undefined).length !== 1) {
      throw new UsageError(
        'Name what to look at: --stage NAME, --settings FILE or --local FOLDER.',
      );
    }
    return reportOn({
      ...values,
      local: values.local && join(values.local, STARTED),
      identitySecrets: values['identity-secret'] ?? [],
      relaySecret: values['relay-secret'],
      trustBucket: values['trust-bucket'],
      relayUrl: values.relay,
      anchors: values.anchor ?? [],
    });
  },
};

/** @param told where it is, and what of it */
export async function reportOn(told: Told): Promise<Report> {
  const examination = await examine(told);
  if (examination.kind === 'hopeless') return doctorReport(examination.stage, examination.lines);
  const { examined, lines } = examination;
  return doctorReport(examined.config.settings.stage, [
    ...lines,
    ...(await runChecks(CHECKS, examined)),
  ]);
}
