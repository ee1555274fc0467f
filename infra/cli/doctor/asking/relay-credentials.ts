import { accessTokens } from '../../../../shared/adapters/credentials/access-tokens.ts';
import { shownTo, type Shown } from '../../../../shared/adapters/credentials/shown-to.ts';
import { relayCredentials } from '../../../../shared/adapters/relay-secret.ts';
import type { Examined } from '../check.ts';
import { doubtful, wrong, type Finding } from '../finding.ts';

/** What is shown to a server, and what is to be said when that cannot be had. */
export async function shownBy(
  host: string,
  { deployed, config, now }: Examined,
): Promise<{ readonly shown: Shown; readonly findings: readonly Finding[] }> {
  const { relaySecret } = deployed;
  if (relaySecret === undefined) {
    const finding = doubtful(`${host}: not logged in: the relay secret is not known.`, 'Name it with --relay-secret ARN, or give --outputs FILE of the deployment.'); // prettier-ignore
    return { shown: {}, findings: [finding] };
  }
  const tokens = accessTokens(config.settings.relay.authorities, now);
  const shown = await shownTo(host, relayCredentials(relaySecret, now), tokens);
  if (shown.ok) return { shown: shown.value, findings: [] };
  const { detail = '' } = shown.failure;
  const finding = detail.startsWith('SECRET ')
    ? doubtful(`${host}: not logged in: the relay secret cannot be read (${detail.slice('SECRET '.length)}).`, 'Look with a role that may read it, and see that it is written as docs/relay.md says.') // prettier-ignore
    : wrong(`${host}: no token was given for it.`, 'Put a client into the relay secret that the token endpoint knows.'); // prettier-ignore
  return { shown: {}, findings: [finding] };
}
