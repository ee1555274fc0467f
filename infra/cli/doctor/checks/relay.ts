import { isLoopbackHost } from '../../../../shared/adapters/loopback.ts';
import { smtpPeerOf, type SmtpPeer } from '../../../../shared/adapters/smtp/smtp-url.ts';
import type { Shown } from '../../../../shared/adapters/credentials/shown-to.ts';
import { mechanismOf } from '../../../../shared/adapters/smtp/login.ts';
import type { Check, Examined } from '../check.ts';
import { doubtful, well, wrong, type Finding } from '../finding.ts';
import { shownBy } from '../asking/relay-credentials.ts';
import { SmtpDialogue, type Reply } from '../asking/smtp-dialogue.ts';
import { codeOf, notSecured, secured } from '../tls-findings.ts';

/** Each mail server that copies go to: TLS, login, whether it takes our senders and our sizes. It is given no recipient. */
export const relay: Check = {
  name: 'relay',
  async look(examined, within) {
    const urls = relaysOf(examined).filter((url) => /^(hisp\+)?smtps?:/i.test(url));
    const each = await Promise.all(urls.map((url) => lookAt(url, examined, within)));
    return urls.length > 0 ? each.flat() : [well('No copy goes by SMTP.')];
  },
};

/** The relay of all, and those of single domains, each once. */
export const relaysOf = ({ config, relayUrl }: Pick<Examined, 'config' | 'relayUrl'>) => [
  ...new Set([...(relayUrl ? [relayUrl] : []), ...Object.values(config.settings.relay.routes)]),
];

async function lookAt(
  url: string,
  examined: Examined,
  within: AbortSignal,
): Promise<readonly Finding[]> {
  const peer = smtpPeerOf(url.replace(/^hisp\+/i, ''));
  const shown = await shownBy(peer.namedAs, examined);
  const findings = [...portOf(peer), ...shown.findings];
  let dialogue: SmtpDialogue | undefined;
  try {
    dialogue = await SmtpDialogue.open(peer, within);
  } catch (error) {
    return [...findings, wrong(`${peer.namedAs}: no connection (${codeOf(error)}).`, 'Write the relay as it is reached from here, and open its port in the firewalls between.')]; // prettier-ignore
  }
  try {
    const isHisp = /^hisp/i.test(url);
    return [...findings, ...(await askedOf(dialogue, { peer, isHisp, shown: shown.shown, examined }))]; // prettier-ignore
  } catch (error) {
    return [...findings, wrong(`${peer.namedAs}: it broke off (${codeOf(error)}).`, 'Ask whoever runs it what its log says of this connection.')]; // prettier-ignore
  } finally {
    dialogue.drop();
  }
}

const portOf = ({ port, namedAs }: SmtpPeer): readonly Finding[] =>
  port === 25
    ? [wrong(`${namedAs}: functions cannot reach port 25 of anybody.`, 'Name port 587, 465 or 2525 of the relay.')] // prettier-ignore
    : [];

interface Asked {
  readonly peer: SmtpPeer;
  readonly isHisp: boolean;
  readonly shown: Shown;
  readonly examined: Examined;
}

async function askedOf(dialogue: SmtpDialogue, asked: Asked): Promise<readonly Finding[]> {
  const { peer, shown, examined } = asked;
  const opened = await openedBy(dialogue, asked);
  if (!('extensions' in opened)) return [opened];
  const login = await loginBy(dialogue, asked, opened.extensions);
  if (login?.verdict === 'fail') return [opened.finding, login];
  const size = sizeOf(peer, opened.extensions, examined.config.settings.maxMessageBytes);
  const senders = await sendersBy(dialogue, peer, examined);
  await dialogue.end();
  const nothing = shown.login === undefined && login === undefined;
  return [
    opened.finding,
    ...(login ? [login] : []),
    ...(nothing && !isLoopbackHost(peer.host) && shown.certificate === undefined
      ? [doubtful(`${peer.namedAs}: nothing is shown to it.`, 'Put its user and password into the relay secret, unless it knows us by our address.')] // prettier-ignore
      : []),
    size,
    ...senders,
  ];
}

/** To the end of EHLO, inside of TLS where that is demanded. */
async function openedBy(
  dialogue: SmtpDialogue,
  { peer, shown, examined }: Asked,
): Promise<Finding | { readonly finding: Finding; readonly extensions: readonly string[] }> {
  const { authorities } = examined.config.settings.relay;
  const secure = async (): Promise<Finding> => {
    try {
      const made = await dialogue.secure(peer.host, authorities, shown.certificate);
      return secured(peer.namedAs, made.protocol, made.certificate, examined.now());
    } catch (error) {
      return notSecured(peer.namedAs, error);
    }
  };
  const hello = async (): Promise<Reply> => dialogue.say('EHLO doctor.invalid');
  let finding = well(`${peer.namedAs}: reached, in clear inside this machine.`);
  if (peer.security === 'tls') finding = await secure();
  if (finding.verdict === 'fail') return finding;
  const greeting = await dialogue.hear();
  if (greeting.code !== 220) return refused(peer, 'its greeting is', greeting);
  let { lines, code } = await hello();
  if (code !== 250) return refused(peer, 'to EHLO it says', { lines, code });
  if (peer.security !== 'starttls') return { finding, extensions: lines };
  if (!lines.some((line) => /^STARTTLS$/i.test(line.trim()))) {
    return wrong(`${peer.namedAs}: it offers no STARTTLS, and nothing is sent in clear.`, 'Have the relay offer STARTTLS, or name its port for TLS with smtps://.'); // prettier-ignore
  }
  const ready = await dialogue.say('STARTTLS');
  if (ready.code !== 220) return refused(peer, 'to STARTTLS it says', ready);
  finding = await secure();
  if (finding.verdict === 'fail') return finding;
  ({ lines, code } = await hello());
  return code === 250 ? { finding, extensions: lines } : refused(peer, 'to EHLO inside of TLS it says', { lines, code }); // prettier-ignore
}

/** Only its number: its words may quote anything. */
const refused = ({ namedAs }: SmtpPeer, what: string, { code }: Reply): Finding =>
  wrong(
    `${namedAs}: ${what} ${code}.`,
    'Ask whoever runs it what its log says of this connection.',
  );

async function loginBy(
  dialogue: SmtpDialogue,
  { peer, shown, isHisp }: Asked,
  extensions: readonly string[],
): Promise<Finding | undefined> {
  const at = peer.namedAs;
  if (shown.login === undefined) {
    return isHisp && !isLoopbackHost(peer.host) && shown.certificate === undefined
      ? wrong(`${at}: the relay secret has nothing for this HISP.`, 'Put its user and password into the relay secret under this host.') // prettier-ignore
      : undefined;
  }
  const mechanism = mechanismOf(shown.login, `250-x\r\n250-${extensions.join('\r\n250-')}`);
  if (mechanism === undefined) {
    return wrong(`${at}: it offers no way to log in that we know.`, 'Have it offer AUTH PLAIN or LOGIN, or XOAUTH2 for a token.'); // prettier-ignore
  }
  const { code } = await dialogue.login(shown.login, mechanism);
  if (code === 235) return well(`${at}: it lets us in.`);
  return wrong(`${at}: it refuses our login (${code}).`, 'Put the user and password that it knows into the relay secret.'); // prettier-ignore
}

function sizeOf(peer: SmtpPeer, extensions: readonly string[], wanted: number): Finding {
  const announced = extensions.map((line) => /^SIZE(?:\s+(\d+))?$/i.exec(line.trim())).find(Boolean); // prettier-ignore
  const bytes = Number(announced?.[1] ?? 0);
  if (!announced || bytes === 0) {
    return well(`${peer.namedAs}: it announces no limit of size.`);
  }
  return bytes < wanted
    ? doubtful(`${peer.namedAs}: it takes ${bytes} bytes, and maxMessageBytes is ${wanted}.`, `Set maxMessageBytes to ${bytes}, or have the relay take more: what is larger is refused there.`) // prettier-ignore
    : well(`${peer.namedAs}: it takes ${bytes} bytes.`);
}

/** A Direct peer compares MAIL FROM with From: the relay has to take each of our senders there. */
async function sendersBy(
  dialogue: SmtpDialogue,
  peer: SmtpPeer,
  { config }: Examined,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { address } of config.settings.senders) {
    const { code } = await dialogue.say(`MAIL FROM:<${address}>`);
    const at = `${peer.namedAs}: MAIL FROM ${address}`;
    if (code === 250) findings.push(well(`${at} is taken.`));
    else if (code < 500) findings.push(doubtful(`${at} is put off (${code}).`, 'Look again in some minutes; if it stays so, ask whoever runs the relay.')); // prettier-ignore
    else findings.push(wrong(`${at} is refused (${code}).`, 'Have the relay let this login send in the name of the address.')); // prettier-ignore
    await dialogue.say('RSET');
  }
  return findings;
}
