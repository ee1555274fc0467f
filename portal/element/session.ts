import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Call } from '../api/client.ts';
import type { ShareWithDirectEvents } from '../share-with-direct.types.ts';
import type { Language, Words } from '../words/words.ts';

/** What every screen has at hand. */
export interface Session {
  readonly call: Call;
  readonly words: Words;
  readonly language: Language;
  /** `/v1/patients/{patientId}`, as a path. */
  readonly there: string;
  readonly flow: 'patient' | 'provider';
  /** Tells the host page. */
  readonly tell: <Name extends keyof ShareWithDirectEvents>(
    name: Name,
    detail: ShareWithDirectEvents[Name],
  ) => void;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('A screen stands outside of a session');
  return session;
}
