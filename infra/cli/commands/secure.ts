import { randomUUID } from 'node:crypto';
import { domainOf, sha256, type MessageId } from '../../../shared/ids.ts';
import { bodyText } from '../../../shared/secure/body-text.ts';
import { secureMessage } from '../../../shared/secure/secure.ts';
import { CommandError, UsageError, type Command } from '../command.ts';
import {
  directAddress,
  needed,
  onlyOne,
  readArgs,
  readInput,
  writeOutput,
} from '../command-line.ts';
import {
  IDENTITY_OPTIONS,
  IDENTITY_USAGE,
  readCertificate,
  readIdentity,
} from '../certificates/read-identity.ts';

/** The message that would be handed to the relay. Whether the recipient's certificate is to be trusted: see `trust`. */
export const secureCommand: Command = {
  usage: `secure ZIP --from ADDRESS --to ADDRESS ${IDENTITY_USAGE} --recipient CERT.pem --out MESSAGE [--name NAME]`,
  does: 'Wraps, signs and encrypts a package as the message that a relay takes.',

  async run(args) {
    const { values, positionals } = readArgs(args, {
      from: { type: 'string' },
      to: { type: 'string' },
      ...IDENTITY_OPTIONS,
      recipient: { type: 'string', multiple: true },
      out: { type: 'string' },
      name: { type: 'string', default: 'Data holder' },
    });
    const zip = await readInput(onlyOne(positionals, 'package'));
    const from = directAddress(needed(values.from, 'the sender with --from ADDRESS'), '--from');
    const to = directAddress(needed(values.to, 'the recipient with --to ADDRESS'), '--to');
    const signer = await readIdentity(values);
    const out = needed(values.out, 'the file to write with --out MESSAGE');
    const recipients = await readRecipients(values.recipient ?? []);

    const messageId = `${randomUUID()}@${domainOf(from)}` as MessageId;
    const text = bodyText({ language: 'en', holderName: values.name, notice: false });
    const draft = { from, to, messageId, date: new Date(), holderName: values.name, text, zip };
    const { bytes } = await secureMessage(draft, signer, recipients);
    await writeOutput(out, bytes);
    return {
      ok: true,
      lines: [`Message-ID: <${messageId}>`, `SHA-256: ${sha256(bytes)}`],
      json: {
        out,
        messageId,
        sha256: sha256(bytes),
        sizeBytes: bytes.length,
        recipients: recipients.length,
      },
      summary: `${out}: ${bytes.length} bytes, encrypted to ${recipients.length} certificates`,
    };
  },
};

async function readRecipients(files: readonly string[]): Promise<readonly Uint8Array[]> {
  if (files.length === 0) {
    throw new UsageError("Name the recipient's certificate with --recipient CERT.pem.");
  }
  return Promise.all(
    files.map(async (file) => {
      const certificate = await readCertificate(file);
      if (certificate.publicKey.asymmetricKeyType !== 'rsa') {
        throw new CommandError(`${file} has no RSA key, so nothing can be encrypted to it.`);
      }
      return Uint8Array.from(certificate.raw);
    }),
  );
}
