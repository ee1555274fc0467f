import { Nss } from './support/nss.ts';
import { readsOurs } from './support/reads-ours.ts';

readsOurs('NSS', ['cmsutil'], () => new Nss());
