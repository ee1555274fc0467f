import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Floor } from '../floors.ts';

/** Every function, by its folder. */
export const FUNCTIONS = readdirSync(join(import.meta.dirname, '../../../lambdas'), {
  withFileTypes: true,
})
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

export const importOf = (name: string): string => `import of ${name}`;
export const processorOf = (name: string): string => `import of ${name}, processor`;
export const sizeOf = (name: string): string => `size of ${name}`;

interface Bound {
  /** What it cannot do without. */
  readonly why: string;
  /** Before compression; thousands of bytes. */
  readonly kilobytes: number;
  /** Of a processor, beyond the import of libraries: to make the clients, the tables of failures and what bodies are read by. */
  readonly processorMs: number;
  readonly names: readonly string[];
}

const BOUNDS: readonly Bound[] = [
  {
    why: 'no client of AWS',
    kilobytes: 200,
    processorMs: 16,
    names: ['api-description', 'authorizer', 'name-caller'],
  },
  {
    why: 'one client, and neither a table nor a secret',
    kilobytes: 350,
    processorMs: 16,
    names: ['activate-receipt-rules', 'publish-portal', 'ring'],
  },
  {
    why: 'a bucket beside the table, and what reads documents',
    kilobytes: 750,
    processorMs: 25,
    names: ['accept-upload', 'inbound-mail', 'purge', 'records', 'uploads', 'xdr'],
  },
  {
    why: 'DNS, LDAP and the validation of paths',
    kilobytes: 950,
    processorMs: 35,
    names: ['addresses', 'match-triggers', 'receive-notification', 'refresh-trust', 'transmit-requests'], // prettier-ignore
  },
  {
    why: 'a library for IMAP, and the character sets that it brings',
    kilobytes: 1500,
    processorMs: 25,
    names: ['poll-mailbox'],
  },
  {
    why: 'all of it: to find, trust, pack, seal and send',
    kilobytes: 1150,
    processorMs: 45,
    names: ['send-transmission'],
  },
];

const USUAL = { kilobytes: 600, processorMs: 25 };

const boundOf = (name: string): Pick<Bound, 'kilobytes' | 'processorMs'> =>
  BOUNDS.find(({ names }) => names.includes(name)) ?? USUAL;

export const BUNDLE_FLOORS: readonly Floor[] = FUNCTIONS.flatMap((name): readonly Floor[] => [
  {
    suite: 'bundles',
    what: 'thousands of bytes of a bundle',
    case: sizeOf(name),
    measure: { kind: 'median', of: 'minified' },
    sense: 'at most',
    floor: boundOf(name).kilobytes,
    aim: boundOf(name).kilobytes * 0.9,
    unit: ' KB',
  },
  {
    suite: 'bundles',
    what: 'processor time our code adds to the import of its libraries',
    case: processorOf(name),
    measure: { kind: 'difference', of: 'function', over: 'libraries' },
    sense: 'at most',
    floor: boundOf(name).processorMs,
    aim: 8,
    unit: ' ms',
  },
]);
