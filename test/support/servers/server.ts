import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnLeashed, type Leashed } from '../../../infra/local/process/leash.ts';
import { freePort } from './free-port.ts';
import { WITH_SBIN } from './program-path.ts';

/** A foreign server on a port of 127.0.0.1. */
export interface Server {
  readonly port: number;
  /** Resolves when the process has ended and its folder is gone. */
  close(): Promise<void>;
}

export interface ServerPlan {
  /**
   * Writes what the server reads.
   *
   * @returns the command that runs it in the foreground
   */
  readonly prepare: (folder: string, port: number) => Promise<readonly string[]>;
  /** Whether it answers, and what it alone can know. */
  readonly answers: (folder: string, port: number) => Promise<boolean>;
}

/** A tenth of a second as a rule. */
const READY_WITHIN_MS = 20_000;
const ATTEMPTS = 3;

/**
 * Runs a server in a folder of its own until it is closed or this process ends. Ports are chosen and then taken, so
 * that another may be faster: a server that ends at once is tried again on another port.
 *
 * @throws Error with its last words when it does not come up
 */
export async function startServer(plan: ServerPlan): Promise<Server> {
  const complaints: string[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const folder = mkdtempSync(join(tmpdir(), 'server-'));
    const port = await freePort();
    const command = await plan.prepare(folder, port).catch((error: unknown) => {
      rmSync(folder, { recursive: true });
      throw error;
    });
    const child = spawnLeashed(command, { cwd: folder, env: WITH_SBIN, scratch: folder });
    const close = (): Promise<void> => child.end();
    if (await isReady(child, () => plan.answers(folder, port))) return { port, close };
    complaints.push(child.complaint());
    await close();
  }
  throw new Error(`A server did not come up: ${complaints.join(' | ')}`);
}

async function isReady({ process }: Leashed, answers: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && process.exitCode === null) {
    const isRight = await answers().catch(() => false);
    // Else it may have been another's answer.
    if (isRight) return process.exitCode === null;
    await sleep(20);
  }
  return false;
}
