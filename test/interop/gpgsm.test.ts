import { Gpgsm } from './support/gpgsm.ts';
import { readsOurs } from './support/reads-ours.ts';

readsOurs('GnuPG', ['gpgsm'], () => new Gpgsm());
