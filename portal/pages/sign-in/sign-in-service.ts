import { done, failed, type Tried } from './tried.ts';

/** Who signs people in, as the deployment wrote it into `/portal.json`. */
export interface SignInService {
  readonly clientId: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly scope: string;
  /** The claim of its access tokens that names the patient. @default patient */
  readonly patientClaim?: string;
  /** Of a user pool of Amazon Cognito: where its own session ends. */
  readonly signOutUrl?: string;
  /** The `iss` with which EHRs open the pages (SMART App Launch). @default any of the origin of `authorizeUrl` */
  readonly launchedBy?: readonly string[];
}

export const ANSWER_WITHIN_MS = 20_000;

export async function readService(): Promise<Tried<SignInService>> {
  try {
    const response = await fetch('/portal.json', {
      cache: 'no-cache',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    return response.ok ? done((await response.json()) as SignInService) : failed('unreachable');
  } catch {
    return failed('unreachable');
  }
}

/**
 * Where to go to sign out, once the page has forgotten its tokens: a pool's session would let in whoever comes next at the
 * same browser. It leads back to one of its own pages.
 */
export function leavingUrl(
  { signOutUrl, clientId }: Pick<SignInService, 'signOutUrl' | 'clientId'>,
  redirectUri: string,
): string {
  if (signOutUrl === undefined) return '/';
  const url = new URL(signOutUrl);
  url.searchParams.set('client_id', clientId);
  url.searchParams.set('logout_uri', redirectUri);
  return url.href;
}

/** Whether an EHR that opened the page is one whose users this service signs in: any other would get our users' trust. */
export function isKnown(
  iss: string,
  { launchedBy, authorizeUrl }: Pick<SignInService, 'launchedBy' | 'authorizeUrl'>,
): boolean {
  if (launchedBy) return launchedBy.includes(iss);
  return URL.canParse(iss) && new URL(iss).origin === new URL(authorizeUrl).origin;
}
