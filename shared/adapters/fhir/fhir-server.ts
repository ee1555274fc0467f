import { done, fail, type Outcome } from '../../outcome.ts';
import type { Now } from '../../clock.ts';
import type { FhirSourceSettings } from '../../settings-record-source.ts';
import { keptToken } from '../credentials/access-tokens.ts';
import type { Credential, CredentialsFor } from '../relay-secret.ts';
import { clientForm, isClient } from './client-form.ts';
import { getWithToken, type Got } from './get.ts';

export interface Asked {
  readonly accept: string;
  readonly maxBytes: number;
  readonly within: AbortSignal;
}

/** The FHIR server of the settings, asked with a token of ours. */
export interface FhirServer {
  /**
   * @param url of the server's origin: nobody else is shown the token
   * @failure record/source-unavailable  it does not answer, or does not know us now
   * @failure record/source-refused      it refuses, or answers with too much
   */
  get(url: string, asked: Asked): Promise<Outcome<Pick<Got, 'contentType' | 'bytes'>>>;
}

const unavailable = (detail: string) => fail('record/source-unavailable', detail);

/** What a server says that may say something else later: too early, too many, not now. */
const mayAnswerLater = (status: number): boolean =>
  status >= 500 || [401, 403, 408, 425, 429].includes(status);

export function fhirServer(
  settings: FhirSourceSettings,
  credentials: CredentialsFor,
  now: Now,
): FhirServer {
  const { tokenUrl, authorities } = settings;
  const tokens = keptToken(authorities, now);

  async function tokenOfOurs(): ReturnType<typeof tokens.by> {
    const found = await credentials(new URL(tokenUrl).host).catch((): readonly Credential[] => []);
    const credential = found.find(isClient);
    if (!credential) return unavailable('NO CREDENTIALS');
    const form = () => clientForm(credential, settings, now);
    return tokens.by({ of: JSON.stringify(credential), tokenUrl, form });
  }

  return {
    async get(url, asked) {
      for (;;) {
        const token = await tokenOfOurs();
        if (!token.ok) return unavailable(token.failure.detail ?? '');
        const { text, isKept } = token.value;
        const got = await getWithToken(url, { ...asked, token: text, authorities });
        if (got === undefined) return unavailable('NO ANSWER');
        if (got === 'too-large') return fail('record/source-refused', 'TOO LARGE');
        if (got.status === 200) return done(got);
        // One that was kept may have been revoked since.
        if (got.status === 401) tokens.forget();
        if (got.status === 401 && isKept) continue;
        return mayAnswerLater(got.status)
          ? unavailable(`STATUS ${got.status}`)
          : fail('record/source-refused', `STATUS ${got.status}`);
      }
    },
  };
}
