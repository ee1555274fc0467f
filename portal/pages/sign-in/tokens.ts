import { type Bearer, bearerOf } from './bearer.ts';
import type { Proof } from './proof.ts';
import { ANSWER_WITHIN_MS, type SignInService } from './sign-in-service.ts';
import { done, failed, type Tried } from './tried.ts';

/** What somebody holds who is signed in: in memory, and nowhere else. */
export interface Tokens extends Bearer {
  readonly access: string;
  readonly refresh?: string;
}

/** As much of an answer of a token endpoint as is read: RFC 6749 5.1, and SMART's `patient`. */
interface Granted {
  readonly access_token?: unknown;
  readonly refresh_token?: unknown;
  readonly patient?: unknown;
}

/** The code can be used once: what fails here is begun anew. */
export const tokensForCode = (
  service: SignInService,
  redirectUri: string,
  code: string,
  { verifier }: Proof,
): Promise<Tried<Tokens>> =>
  ask(service, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });

/** An answer may leave out what is as before. */
export async function tokensAnew(
  service: SignInService,
  { refresh = '', patients }: Tokens,
): Promise<Tried<Tokens>> {
  const fresh = await ask(service, { grant_type: 'refresh_token', refresh_token: refresh });
  if (!fresh.ok) return fresh;
  const { value } = fresh;
  return done({
    refresh,
    ...value,
    patients: value.patients.length > 0 ? value.patients : patients,
  });
}

async function ask(
  { tokenUrl, clientId, patientClaim }: SignInService,
  form: Readonly<Record<string, string>>,
): Promise<Tried<Tokens>> {
  try {
    const response = await fetch(tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({ ...form, client_id: clientId }),
      headers: { Accept: 'application/json' },
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    if (response.status >= 500) return failed('unreachable');
    return response.ok
      ? tokensIn((await response.json()) as Granted, patientClaim)
      : failed('used');
  } catch {
    return failed('unreachable');
  }
}

export function tokensIn(granted: Granted, patientClaim?: string): Tried<Tokens> {
  const { access_token: access, refresh_token: refresh, patient } = granted;
  if (typeof access !== 'string' || access === '') return failed('unreachable');
  return done({
    access,
    ...(typeof refresh === 'string' && refresh !== '' && { refresh }),
    ...bearerOf(access, patient, patientClaim),
  });
}
