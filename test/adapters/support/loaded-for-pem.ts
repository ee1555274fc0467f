import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { parseIdentities } from '../../../shared/adapters/identity-secret.ts';

// Run as a process of its own: in one of many tests somebody else has loaded them.
const [identity] = await parseIdentities(await text(process.stdin));
await identity?.signing();

const { cache } = createRequire(import.meta.url);
const loaded = ['node-forge', '@aws-sdk/client-kms'].filter((name) =>
  Object.keys(cache).some((file) => file.includes(`/node_modules/${name}/`)),
);
process.stdout.write(JSON.stringify(loaded));
