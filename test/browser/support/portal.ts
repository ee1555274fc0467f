import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { callerAs, type Caller } from '../../../infra/local/api-client.ts';
import {
  startLocalSystem,
  type LocalSystem,
  type LocalSystemOptions,
} from '../../../infra/local/local-system.ts';
import { SAMPLE_PATIENTS } from '../../../infra/local/sample/record.ts';
import { portalComponent } from '../../../infra/portal/component.ts';
import { startChromium } from './browser.ts';
import { serveHostPages, type HostPages } from './host-page.ts';
import { openHostPage, type Opened, type Opening } from './opened.ts';
import { newPatient, register, tokenRequestFor, type User } from './users.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** What is waited for ends soon: a test sees also what becomes of a copy that nobody answers. */
const DEADLINES = {
  processedWithinSeconds: 20,
  dispatchedWithinSeconds: 20,
  retryForSeconds: 30,
  retryAfterSeconds: [1],
  doorbellLostAfterSeconds: 5,
};

/** The screens as patients and providers meet them: a host page in Chromium, over the whole local system. */
export interface Portal {
  readonly system: LocalSystem;
  readonly browser: Browser;
  readonly pages: HostPages;
  /** A page in a browser of its own, with the first heading there; closed when the test is over. */
  open(opening: Opening): Promise<Opened>;
  /** A patient whom no other test knows, with a record. @returns the id */
  patient(): Promise<string>;
  /** The API in the name of this user, beside the screen. */
  apiAs(user: User): Promise<Caller>;
}

/**
 * One system and one browser for all tests of a file, begun before the first and closed after the last. The sample patients
 * are registered, with records.
 */
export function usePortal(options: LocalSystemOptions = {}): () => Portal {
  let portal: (Portal & { close(): Promise<void> }) | undefined;
  const opened: Opened[] = [];
  beforeAll(async () => {
    portal = await startPortal(options, opened);
  }, 120_000);
  afterEach(async () => {
    for (const page of opened.splice(0)) await page.close();
  });
  afterAll(() => portal?.close(), 60_000);
  return () => {
    if (!portal) throw new Error('The portal is there in tests only');
    return portal;
  };
}

async function startPortal(options: LocalSystemOptions, opened: Opened[]) {
  const system = await startLocalSystem({
    settings: { deadlines: DEADLINES },
    minuteLastsSeconds: 1,
    ...options,
  });
  const pages = await serveHostPages(portalComponent(ROOT), system.apiUrl);
  const browser = await startChromium(pages.port).catch(async (error: unknown) => {
    await Promise.all([pages.close(), system.close()]);
    throw error;
  });
  for (const patient of Object.values(SAMPLE_PATIENTS)) await register(system, patient);
  return {
    system,
    browser,
    pages,
    open: async (opening: Opening) => {
      const page = await openHostPage(browser, system, opening);
      opened.push(page);
      return page;
    },
    patient: async () => {
      const patient = newPatient(SAMPLE_PATIENTS.ana);
      await register(system, patient);
      return patient.id;
    },
    apiAs: (user: User) => callerAs(system, tokenRequestFor(user)),
    close: async () => {
      await browser.close();
      await pages.close();
      await system.close();
    },
  };
}
