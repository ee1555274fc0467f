import { randomBytes } from 'node:crypto';
import { openMessage } from '../../../shared/secure/open.ts';
import { secureMessage } from '../../../shared/secure/secure.ts';
import { draft, person, valueOf } from './people.ts';

// Run as a process of its own: only so can its peak of memory be told from that of other tests.
const peakMegabytes = (): number => process.resourceUsage().maxRSS / 1024;

const sender = await person('sender');
const recipient = await person('green');
await secureMessage(draft, sender, [recipient.certificate]);

const idle = peakMegabytes();
const zip = randomBytes(10_000_000);
const { bytes } = await secureMessage({ ...draft, zip }, sender, [recipient.certificate]);
const secured = peakMegabytes();
const { innerEntity } = valueOf(openMessage(bytes, [recipient]));
const opened = peakMegabytes();

const body = Buffer.from(innerEntity.parts[1]?.body ?? []).toString('latin1');
process.stdout.write(
  JSON.stringify({
    same: Buffer.compare(Buffer.from(body, 'base64'), zip) === 0,
    securedMegabytes: secured - idle,
    openedMegabytes: opened - secured,
  }),
);
