import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KINDS } from '../../../shared/kinds.ts';
import { parseSettings } from '../../../shared/settings.ts';
import { ROOT } from './root.ts';

/** What a function finds around it when it starts, on this machine. */
export interface Surroundings {
  readonly variables: Readonly<Record<string, string>>;
  /** How many secrets were read since this was asked last. */
  readonly secretsRead: () => number;
  readonly close: () => Promise<unknown>;
}

/** Of every stage a little: a mailbox for who polls one. */
const SETTINGS = {
  stage: 'test',
  holderName: 'Holder',
  senders: [
    { address: 'records@holder.example', name: 'Holder', organizationOid: '2.999.1', contact: 'x' },
  ],
  anchors: ['-----BEGIN CERTIFICATE-----'],
  consentTexts: [{ language: 'en', version: '2026-01-01', text: 'Yes' }],
  mailbox: { url: 'imaps://mail.holder.example', of: 'relay' },
};

/** @param work a folder for what is read */
export async function surroundingsIn(
  work: string,
  names: readonly string[],
): Promise<Surroundings> {
  // prettier-ignore
  mkdirSync(work, { recursive: true });
  const file = (name: string, content: object): string => {
    writeFileSync(join(work, name), JSON.stringify(content));
    return join(work, name);
  };
  let read = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      read += 1;
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ SecretString: 'a'.repeat(64) }));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const special: Readonly<Record<string, string>> = {
    SETTINGS_FILE: file('settings.json', parseSettings(SETTINGS)),
    PLACES_FILE: file('places.json', []),
    PORTAL_FILES: file('portal-files.json', []),
    RELAY_URL: 'smtps://relay.holder.example',
    ISSUER_URL: 'https://login.holder.example/',
    RESOLVERS: '127.0.0.1:53',
    KIND_SCOPES: JSON.stringify(Object.fromEntries(KINDS.map((kind) => [kind, []]))),
  };
  return {
    variables: {
      ...Object.fromEntries((await namesOf(names)).map((name) => [name, 'x'])),
      ...special,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'bench',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${port}`,
    },
    secretsRead: () => {
      const count = read;
      read = 0;
      return count;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}

/** Of all functions together. */
async function namesOf(functions: readonly string[]): Promise<readonly string[]> {
  const all = await Promise.all(
    functions.map(
      async (name) =>
        (await import(join(ROOT, 'lambdas', name, 'env.ts'))) as { ENV: readonly string[] },
    ),
  );
  return all.flatMap(({ ENV }) => ENV);
}
