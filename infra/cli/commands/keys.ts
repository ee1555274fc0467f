import { generateKeyPair, type KeyObject } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { domainOf, parseDirectAddress } from '../../../shared/ids.ts';
import { signingRequest, type Bound } from '../certificates/certificate-request.ts';
import { CommandError, UsageError, type Command } from '../command.ts';
import { directAddress, needed, readArgs, writeOutput } from '../command-line.ts';

/** A new key, and the request with which an accredited authority certifies it. */
export const keysCommand: Command = {
  usage: 'keys new (--address ADDRESS | --domain DOMAIN) --out DIR [--bits 2048]',
  does: 'Makes an RSA key and a certificate request (PKCS #10) for one address or one domain.',

  async run(args) {
    const { values, positionals } = readArgs(args, {
      address: { type: 'string' },
      domain: { type: 'string' },
      out: { type: 'string' },
      bits: { type: 'string', default: '2048' },
    });
    if (positionals.join(' ') !== 'new') throw new UsageError('There is only `keys new`.');
    const bound = boundTo(values);
    const bits = bitsOf(values.bits);
    const folder = needed(values.out, 'the folder with --out DIR');

    const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', {
      modulusLength: bits,
    });
    const request = signingRequest(bound, { privateKey, publicKey });
    const files = await keep(folder, privateKey, request);
    return {
      ok: true,
      lines: [`private key  ${files.privateKey}`, `request      ${files.request}`],
      json: { ...bound, bits, ...files },
      summary: `RSA ${bits} for ${Object.values(bound)[0]}: send the request to your authority, keep the key`,
    };
  },
};

function boundTo({ address, domain }: { address?: string; domain?: string }): Bound {
  if ((address === undefined) === (domain === undefined)) {
    throw new UsageError('Name either --address or --domain: a certificate is bound to one.');
  }
  if (address !== undefined) return { address: directAddress(address, '--address') };
  const host = parseDirectAddress(`any@${domain}`);
  if (!host.ok) {
    throw new CommandError(
      `--domain takes a domain, as direct.example.org; this is none: ${domain}`,
    );
  }
  return { domain: domainOf(host.value) };
}

function bitsOf(text: string): number {
  const bits = Number(text);
  if (!Number.isInteger(bits) || bits < 2048 || bits > 8192 || bits % 8 !== 0) {
    throw new CommandError(
      '--bits must be 2048 to 8192 and a multiple of 8: less is not accepted.',
    );
  }
  return bits;
}

/** For the owner alone, and only where no file is. */
const NEW = { mode: 0o600, flag: 'wx' } as const;

/** Never writes over a key: it may be the only copy. */
async function keep(folder: string, key: KeyObject, request: string) {
  const files = {
    privateKey: join(folder, 'private-key.pem'),
    request: join(folder, 'request.csr.pem'),
  };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeOutput(files.privateKey, key.export({ type: 'pkcs8', format: 'pem' }).toString(), NEW);
  await writeOutput(files.request, request, NEW);
  return files;
}
