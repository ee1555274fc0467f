import type { Path } from '../../../shared/trust/path/path.ts';
import { crlBy, NOW, type ListOptions } from '../../support/crl.ts';
import { cachedAuthority, type IssueOptions } from '../../support/pki.ts';
import { issueValid, pathOf } from './world.ts';

export const LIST = 'http://lists.test/1.crl';
export const SECOND = 'https://lists.test/2.crl';

/** A certificate under the usual anchor; it names one list unless told otherwise. */
export async function leafPath(options: IssueOptions = { crlUrls: [LIST] }): Promise<Path> {
  const anchor = await cachedAuthority();
  return pathOf(await issueValid(anchor, { address: 'dr@direct.example.org', ...options }), anchor);
}

/** A list that names the leaf of a path. */
export async function listing([{ serial }]: Path, options: ListOptions = {}): Promise<Uint8Array> {
  return crlBy(await cachedAuthority(), {
    revoked: [{ serial: Uint8Array.from(Buffer.from(serial, 'hex')), at: NOW }],
    ...options,
  });
}
