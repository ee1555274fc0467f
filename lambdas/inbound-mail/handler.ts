import { MAX_INLINE_BYTES, mediaTypeOf } from '../../shared/edge/http/body.ts';
import type { Answer, Call } from '../../shared/edge/http/call.ts';
import { type HttpPorts, onHttp } from '../../shared/edge/http.ts';
import { folderOf } from '../../shared/notification/channel.ts';
import { voiceOfClient } from '../../shared/notification/hisp-voice.ts';
import type { MailDrop } from '../../shared/notification/mail-drop.ts';
import { takeMail } from '../../shared/notification/take-mail.ts';
import { done, fail, type Outcome } from '../../shared/outcome.ts';
import type { Settings } from '../../shared/settings.ts';
import { ROUTES } from './route.ts';

export interface InboundMailPorts extends HttpPorts {
  readonly drop: MailDrop;
  readonly settings: Pick<Settings, 'hisp'>;
}

/**
 * Mail that another mail server took in for us, or that somebody else's HISP has for us. It is put where mail lies, and
 * read later.
 */
export const makeHandler = (ports: InboundMailPorts) =>
  onHttp(ROUTES, { 'POST /v1/inbound-mail': (call) => take(call, ports) }, ports);

/** The same bytes again are answered like the first time: what carries its own identity needs no key. */
async function take(
  { principal, headers, body }: Call,
  { drop, settings }: InboundMailPorts,
): Promise<Outcome<Answer>> {
  if (mediaTypeOf(headers['content-type']).type !== 'message/rfc822') {
    return fail('edge/unsupported-media');
  }
  const folder = folderOf(voiceOfClient(principal.subject, settings));
  const taken = await takeMail(body, folder, { drop, mostBytes: MAX_INLINE_BYTES });
  if (!taken.ok) return taken;
  const { digest, isKnown } = taken.value;
  return done({
    status: 202,
    body: { sha256: digest, replayed: isKnown },
    replayed: isKnown,
  });
}
