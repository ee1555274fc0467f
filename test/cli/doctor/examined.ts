import type { Check, Examined } from '../../../infra/cli/doctor/check.ts';
import type { Deployed } from '../../../infra/cli/doctor/installation.ts';
import { outside } from '../../../infra/cli/outside.ts';
import { Deployment } from '../../../infra/deployment-settings.ts';
import { parseSettings, type SettingsInput } from '../../../shared/settings.ts';
import type { Certificate } from '../../../shared/trust/certificate.ts';
import type * as z from 'zod';

export const SENDER = 'records@holder.example';

export interface Given {
  readonly settings?: Partial<SettingsInput>;
  readonly deployment?: z.input<typeof Deployment>;
  readonly deployed?: Partial<Deployed> | undefined;
  readonly relayUrl?: string;
  readonly resolvers?: string;
  readonly anchors?: readonly Certificate[];
  readonly now?: Date;
}

/** An installation of one sender, of which only what is given is out of the ordinary. */
export function examinedWith(given: Given): Examined {
  const { deployed, relayUrl, resolvers = '127.0.0.1:1', anchors = [], now } = given;
  return {
    config: {
      settings: parseSettings({ ...SETTINGS, ...given.settings }),
      deployment: Deployment.parse(given.deployment ?? {}),
      places: [],
    },
    deployed: { identitySecrets: [], ...deployed },
    relayUrl,
    resolvers,
    outside: outside({ dns: resolvers, loopback: true }),
    anchors,
    now: () => now ?? new Date(),
  };
}

const SETTINGS = {
  stage: 'pilot',
  holderName: 'Holder',
  senders: [{ address: SENDER, name: 'Holder', organizationOid: '2.999.1', contact: 'x' }],
  anchors: ['-----BEGIN CERTIFICATE-----'],
  consentTexts: [{ language: 'en', version: '2026-01-01', text: 'Yes' }],
} satisfies SettingsInput;

/** What a check says, each finding as one text: `fail: 127.0.0.1:25: …`. */
export async function said(check: Check, given: Given): Promise<readonly string[]> {
  const findings = await check.look(examinedWith(given), AbortSignal.timeout(10_000));
  return findings.map(({ verdict, says }) => `${verdict}: ${says}`);
}
