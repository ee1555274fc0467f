import { MAX_CRL_BYTES } from '../../../shared/trust/revocation/crl.ts';
import { longCrlBy, longSerial } from '../../support/crl.ts';
import { cachedAuthority, type Authority } from '../../support/pki.ts';
import { impostorOf, leafOf, many, type Scenario } from './scenario.ts';
import type { World } from './world.ts';

const LONG = 100_000;

/** An honest one, only long; the certificate is its last entry. */
export const longList: Scenario = {
  ends: ['trust/revoked'],
  async lay(world, anchor) {
    world.serve('list', longCrlBy(anchor, LONG));
    const crlUrls = [world.urlOf('list')];
    world.publish([await leafOf(anchor, { crlUrls, serial: longSerial(LONG - 1) })]);
  },
};

/** SEQUENCE of one extension, invalidityDate: known, and no entry looks as entries usually do. */
const INVALIDITY_DATE = Buffer.from(
  `301a30180603551d180411180f${Buffer.from('20260101000000Z').toString('hex')}`,
  'hex',
);
const ENTRY_BYTES = 37;

/** As long as a list may be. */
export const hugeList: Scenario = {
  ends: ['trust/revoked'],
  async lay(world, anchor) {
    const count = countIn(MAX_CRL_BYTES, ENTRY_BYTES + INVALIDITY_DATE.length);
    world.serve('list', longCrlBy(anchor, count, INVALIDITY_DATE));
    const crlUrls = [world.urlOf('list')];
    world.publish([await leafOf(anchor, { crlUrls, serial: longSerial(count - 1) })]);
  },
};

/** What stands around the entries is less than a kilobyte. */
const countIn = (bytes: number, entryBytes: number): number =>
  Math.floor((bytes - 1000) / entryBytes);

/** Forty good certificates, each of which points to three lists of its own. */
const fortyTimesThree = async (world: World, anchor: Authority): Promise<void> => {
  const leaves = many(40, (leaf) => {
    const crlUrls = many(3, (list) => world.urlOf(`list/${leaf}-${list}`));
    return leafOf(anchor, { crlUrls });
  });
  world.publish(await Promise.all(leaves));
};

/** They come, and are worth nothing. */
export const forgedLists: Scenario = {
  ends: ['trust/revocation-unknown'],
  async lay(world, anchor) {
    const forger = impostorOf(anchor, await cachedAuthority('Forger'));
    world.serve('list', longCrlBy(forger, countIn(MAX_CRL_BYTES, ENTRY_BYTES)));
    await fortyTimesThree(world, anchor);
  },
};

/** Nearly all of them comes, and never the end. */
export const brokenLists: Scenario = {
  ends: ['trust/revocation-unknown'],
  async lay(world, anchor) {
    const most = Buffer.alloc(MAX_CRL_BYTES - 1);
    world.serve('list', (_, response) => response.write(most, () => response.destroy()));
    await fortyTimesThree(world, anchor);
  },
};
