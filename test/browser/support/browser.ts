import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { HOST_ORIGIN } from './host-page.ts';

/** Debian's own, found where shells find it; nothing is downloaded. */
const executable = (): string => {
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'chromium'))
    .find((file) => existsSync(file));
  if (!found) throw new Error('chromium is not on PATH: apt-get install chromium');
  return found;
};

/**
 * Starts Chromium without a window. It ends with this process, however that ends.
 *
 * @param hostPort where the pages lie that stand at `HOST_ORIGIN`
 */
export const startChromium = (hostPort: number): Promise<Browser> =>
  chromium.launch({
    executablePath: executable(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--host-resolver-rules=MAP ${new URL(HOST_ORIGIN).host} 127.0.0.1:${hostPort}`,
    ],
  });
