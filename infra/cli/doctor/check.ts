import type { Certificate } from '../../../shared/trust/certificate.ts';
import type { Config } from '../../config.ts';
import type { Outside } from '../outside.ts';
import type { Finding } from './finding.ts';
import type { Deployed } from './installation.ts';

/** What is looked at. */
export interface Examined {
  readonly config: Config;
  readonly deployed: Deployed;
  /** The relay of all copies that have no way of their own; absent where neither settings nor deployment name one. */
  readonly relayUrl: string | undefined;
  readonly resolvers: string;
  readonly outside: Outside;
  /** Whom strangers trust. */
  readonly anchors: readonly Certificate[];
  readonly now: () => Date;
}

/** One question; each is asked for itself, and none waits for another. */
export interface Check {
  readonly name: string;
  readonly look: (examined: Examined, within: AbortSignal) => Promise<readonly Finding[]>;
}
