import type { Certificate } from '../../../shared/trust/certificate.ts';
import { readAnchors } from '../certificates/read-anchors.ts';
import { CommandError, UsageError, type Command } from '../command.ts';
import { directAddress, needed, readArgs } from '../command-line.ts';
import { installation, refusal } from '../own/describe-installation.ts';
import { faultsOf, identitiesFor, judgeAll } from '../own/installation.ts';
import type { Authorities } from '../own/judge-identity.ts';
import { keptUntil } from '../own/kept-until.ts';
import { IDENTITIES_OPTIONS, readIdentities } from '../own/read-identities.ts';
import { renewDecryption, renewSigning } from '../own/renewal.ts';
import { secretFile } from '../own/secret-file.ts';
import type { SecretStore, SecretStores } from '../own/secret-store.ts';
import { stageSettings, standardDeadlines } from '../own/stage-settings.ts';

/** A new certificate of ours, checked as others will check it, put where functions find it. */
export const identityCommand: Command = {
  usage:
    'identity install --address ADDRESS (--key KEY.pem --cert CERT.pem | --key FILE.p12 --password-file FILE) --anchor FILE … ' +
    '--signing-secret ARN --decryption-secret ARN [--intermediate FILE …] [--settings FILE] [--until TIME] [--dry-run]',
  does: 'Checks a new identity of ours and puts it where functions sign and decrypt with it; the one before it decrypts for a while.',
  notes: [
    '--address: the address of ours that signs and decrypts with it. A pair of certificates: give --key and --cert twice.',
    '--anchor, --intermediate: the authorities above the certificate; nothing is fetched.',
    '--signing-secret, --decryption-secret: ARNs, the outputs SigningSecret and DecryptionSecret; what is none is a file.',
    'Each certificate goes where it may be used: one for both uses into both secrets, those of a pair each into its own.',
    '--settings: the settings of a stage, whose deadlines say how long the former key is kept; --until: another time.',
    '--dry-run: checks and says all of it, and writes nothing.',
  ],

  async run(args) {
    const { values, positionals } = readArgs(args, {
      ...IDENTITIES_OPTIONS,
      address: { type: 'string' },
      anchor: { type: 'string', multiple: true },
      intermediate: { type: 'string', multiple: true, default: [] },
      'signing-secret': { type: 'string' },
      'decryption-secret': { type: 'string' },
      settings: { type: 'string' },
      until: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
    });
    if (positionals.join(' ') !== 'install') throw new UsageError('There is only `identity install`.'); // prettier-ignore
    const address = directAddress(
      needed(values.address, 'our address with --address'),
      '--address',
    );
    const stores = await storesOf(values['signing-secret'], values['decryption-secret']);
    const now = new Date();
    const until = untilOf(values.until, values.settings, now);
    const authorities = await readAuthorities(values.anchor, values.intermediate);
    const identities = await readIdentities(values);
    const judged = await judgeAll(identities, address, authorities, now);
    const faults = faultsOf(judged);
    if (faults.length > 0) return refusal(address, judged, faults);

    const [signing, decryption] = await Promise.all([stores.signing.read(), stores.decryption.read()]); // prettier-ignore
    const signers = identitiesFor(judged, 'signature');
    const renewal = {
      signing: await renewSigning(signing.text, address, signers),
      decryption: await renewDecryption(decryption.text, address, identitiesFor(judged, 'encryption'), { now, until }), // prettier-ignore
    };
    if (!renewal.signing.signsInKms && signers.length === 0) return refusal(address, judged, [MUTE]); // prettier-ignore
    const isWritten = !values['dry-run'];
    if (isWritten) {
      // First what reads: should it end here, nothing was signed yet that could not be answered, and the command is run again.
      await decryption.replace(renewal.decryption.text);
      await signing.replace(renewal.signing.text);
    }
    return installation({ address, stores, judged, renewal, isWritten });
  },
};

const MUTE = 'none of them may sign: install the two of a pair together';

async function storesOf(
  signing: string | undefined,
  decryption: string | undefined,
): Promise<SecretStores> {
  if (signing === undefined || decryption === undefined) {
    throw new UsageError(
      'Name both secrets, with --signing-secret and with --decryption-secret: by their ARN, or as files.',
    );
  }
  if (signing === decryption) {
    throw new UsageError('Who signs shall not read what decrypts: name two secrets, not one.');
  }
  return { signing: await storeAt(signing), decryption: await storeAt(decryption) };
}

/** The client of AWS is loaded by whoever needs it, and not with every command. */
async function storeAt(place: string): Promise<SecretStore> {
  if (!place.startsWith('arn:')) return secretFile(place);
  const { secretInManager } = await import('../own/secret-in-manager.ts');
  return secretInManager(place);
}

function untilOf(text: string | undefined, settings: string | undefined, now: Date): Date {
  if (text === undefined) {
    return keptUntil(now, settings === undefined ? standardDeadlines() : stageSettings(settings).deadlines); // prettier-ignore
  }
  const until = new Date(text);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && until > now) return until;
  throw new CommandError('--until takes a time to come in UTC, as 2027-03-01T00:00:00Z.');
}

async function readAuthorities(
  anchorFiles: readonly string[] | undefined,
  intermediateFiles: readonly string[],
): Promise<Authorities> {
  if (!anchorFiles) throw new UsageError('Name the authorities with --anchor FILE.');
  const [anchors, intermediates] = await Promise.all([
    readAll(anchorFiles),
    readAll(intermediateFiles),
  ]);
  return { anchors, intermediates: intermediates.map(({ der }) => der) };
}

const readAll = async (files: readonly string[]): Promise<readonly Certificate[]> =>
  (await Promise.all(files.map(readAnchors))).flat();
