import { parseSettings, type Settings, type SettingsInput } from '../../../shared/settings.ts';
import { TEXT } from '../../lambdas/http-world.ts';
import { SENDER, type Identities } from './identities.ts';

export type Differing = Partial<SettingsInput>;

const parsed = new Map<string, Settings>();

/** Parsed once for the same differences: they hold certificates. */
export function settingsOf({ anchor }: Identities, differing: Differing): Settings {
  const key = JSON.stringify(differing);
  const known = parsed.get(key);
  if (known) return known;
  const settings = parseSettings({
    stage: 'test',
    holderName: 'Green Street Pharmacy',
    senders: [
      { address: SENDER, name: 'Green Street', organizationOid: '2.16.840.1', contact: 'Desk' },
    ],
    anchors: [anchor.certificatePem],
    consentTexts: [{ language: 'en', version: '2026-06-01', text: TEXT }],
    ...differing,
  } satisfies SettingsInput);
  parsed.set(key, settings);
  return settings;
}
