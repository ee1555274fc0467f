import { openMessage, type OpenedMessage } from '../../../shared/secure/open.ts';
import { headerOf } from '../../../shared/secure/mime.ts';
import { inWords, type Command, type Report } from '../command.ts';
import { openBatch } from '../batch/open-messages.ts';
import { onlyOne, readArgs, readInput } from '../command-line.ts';
import { linesOf, viewOf } from '../certificates/describe-certificate.ts';
import { linesOfPart, partOf } from './list-parts.ts';
import { IDENTITY_OPTIONS, IDENTITY_USAGE, readIdentity } from '../certificates/read-identity.ts';

const SHOWN = ['From', 'To', 'Date', 'Subject', 'Message-ID'] as const;

/** What is in a message, for one who holds the key. */
export const openCommand: Command = {
  usage: `open MESSAGE ${IDENTITY_USAGE} [--allow-sha1]`,
  does: 'Decrypts a message, verifies its signature, and lists its parts. Whom to trust: see `trust`.',
  batch: openBatch,

  async run(args) {
    const { values, positionals } = readArgs(args, {
      ...IDENTITY_OPTIONS,
      'allow-sha1': { type: 'boolean', default: false },
    });
    const file = onlyOne(positionals, 'message file');
    const identity = await readIdentity(values);

    const options = { acceptSha1: values['allow-sha1'] };
    const opened = openMessage(await readInput(file), [identity], options);
    if (opened.ok) return describe(opened.value);
    const { failure } = opened;
    return { ok: false, lines: [], json: { ...failure }, summary: inWords(failure) };
  },
};

function describe(opened: OpenedMessage): Report {
  const { innerEntity, signer, otherSigners, algorithms, wrapped } = opened;
  const headers = SHOWN.flatMap((name) => {
    const value = headerOf(innerEntity, name.toLowerCase());
    return value === undefined ? [] : [[name, value] as const];
  });
  const root = partOf(innerEntity);
  return {
    ok: true,
    lines: [
      ...headers.map(([name, value]) => `${name}: ${value}`),
      ...linesOf(signer, 'signed by'),
      ...otherSigners.flatMap((each) => linesOf(each, 'and by')),
      `protected by: ${Object.values(algorithms).join(', ')}`,
      ...linesOfPart(root),
    ],
    json: {
      headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
      wrapped,
      algorithms,
      signers: [signer, ...otherSigners].map(viewOf),
      message: root,
    },
    summary: `Decrypted; the signature is good${wrapped ? '' : ', but does not cover the header'}.`,
  };
}
