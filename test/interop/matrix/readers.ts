import { spawnSync } from 'node:child_process';
import { SYSTEM_PYTHON } from '../../support/present.ts';
import { Gpgsm } from '../support/gpgsm.ts';
import { Nss } from '../support/nss.ts';
import type { Reader } from './reader.ts';
import { certtoolReader } from './readers/certtool.ts';
import { M2CryptoPeer } from './readers/m2crypto-peer.ts';
import { OpensslPeer } from './readers/openssl-peer.ts';
import { peerReader } from './readers/peer-reader.ts';
import { strictPartner } from './readers/strict-partner.ts';

/** The first version number that a command prints. */
const printed = (command: string, ...args: readonly string[]): string =>
  /\d+\.\d+(?:\.\d+)?/.exec(spawnSync(command, args, { encoding: 'utf8' }).stdout)?.[0] ?? '';

/** cmsutil does not say its version; the library does that it brings, and Debian says it for both. */
const nssVersion = (): string =>
  printed('dpkg-query', '--showformat', '${Version}', '--show', 'libnss3-tools');

export const READERS: readonly Reader[] = [
  {
    name: 'openssl',
    version: () => `OpenSSL ${printed('openssl', 'version')}`,
    needs: ['openssl'],
    equip: peerReader(() => new OpensslPeer()),
  },
  {
    name: 'gpgsm',
    version: () => `GnuPG ${printed('gpgsm', '--version')}`,
    needs: ['openssl', 'gpgsm'],
    equip: peerReader(() => new Gpgsm()),
  },
  {
    name: 'NSS',
    version: () => `NSS ${nssVersion()}`,
    needs: ['openssl', 'cmsutil'],
    equip: peerReader(() => new Nss()),
  },
  {
    name: 'GnuTLS',
    version: () => `GnuTLS ${printed('certtool', '--version')}`,
    needs: ['openssl', 'certtool'],
    equip: certtoolReader,
  },
  {
    name: 'M2Crypto',
    version: () =>
      `M2Crypto ${printed(SYSTEM_PYTHON, '-c', 'import M2Crypto; print(M2Crypto.__version__)')}`,
    needs: ['openssl', 'm2crypto'],
    equip: peerReader(() => new M2CryptoPeer()),
  },
  {
    name: 'strict partner',
    version: () => 'the partner of `infra/local`, in its strict mode',
    needs: [],
    equip: strictPartner,
  },
];
