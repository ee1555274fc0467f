import type { Settings } from '../settings.ts';
import { voiceNamed, type HispVoice } from './hisp-voice.ts';

/** By which way a mail came to us. `open`: anybody could have written it. Else from a HISP, which said who it is. */
export type Channel = 'open' | HispVoice;

/** The folders of the mail bucket: what SES took in, what was posted or fetched, and what HISPs gave us. */
export const MAIL_FOLDERS = { received: 'received/', posted: 'posted/', hisp: 'hisp/' } as const;

/** Beside them: letters that staff may read. Nobody is told of what is put there. */
export const KEPT_FOLDER = 'kept/';

/** Where a mail is put that no mail server brought. */
export type BringFolder = typeof MAIL_FOLDERS.posted | `${typeof MAIL_FOLDERS.hisp}${string}/`;

/** By whom it was brought: each HISP has its own, so that whoever reads a mail knows whose word it is. */
export const folderOf = (voice: HispVoice | undefined): BringFolder =>
  voice ? `${MAIL_FOLDERS.hisp}${voice.name}/` : MAIL_FOLDERS.posted;

const OF_A_HISP = /^hisp\/([0-9a-f]{64})\/[^/]+$/;

/** Of a mail by the key under which it lies. What lies under the name of no HISP that there is, anybody wrote. */
export function channelOf(key: string, settings: Pick<Settings, 'hisp' | 'mailbox'>): Channel {
  const [, name] = OF_A_HISP.exec(key) ?? [];
  return (name === undefined ? undefined : voiceNamed(name, settings)) ?? 'open';
}
