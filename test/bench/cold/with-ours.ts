export * from './libraries.ts';

/** All of record, trust, package and secure that sending, receiving and intake need. */
export { packageRecord } from '../../../shared/package/package-record.ts';
export { readXdm } from '../../../shared/package/read-xdm.ts';
export { readHeader } from '../../../shared/record/read-header.ts';
export { checkDocument } from '../../../shared/record/intake.ts';
export { openMessage } from '../../../shared/secure/open.ts';
export { secureMessage } from '../../../shared/secure/secure.ts';
export { trust } from '../../../shared/trust/trust.ts';
