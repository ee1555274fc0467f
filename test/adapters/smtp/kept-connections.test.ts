import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { smtpRelay, type SmtpRelayOptions } from '../../../shared/adapters/smtp-relay.ts';
import { ENVELOPE } from '../../contracts/relay.ts';
import { startScripted, type Script, type ScriptedServer } from '../smtp-relay-servers.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function started(
  script: Script | ((connection: number) => Script) = {},
  options: SmtpRelayOptions = {},
) {
  const server = await startScripted(script);
  closing.push(server.close);
  const relay = smtpRelay(`smtp://127.0.0.1:${server.port}`, options);
  const submit = async (): Promise<string> => {
    const submitted = await relay.submit(ENVELOPE);
    return submitted.ok ? 'accepted' : submitted.failure.code;
  };
  return { server, submit };
}

const verbsOf = ({ heard }: ScriptedServer): readonly string[] =>
  heard().match(/^(EHLO|MAIL|RCPT|DATA|RSET|QUIT)\b/gm) ?? [];

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(10);
}

const MESSAGE = ['MAIL', 'RCPT', 'DATA'];

describe('a connection to the relay', () => {
  test('is used again for the next message, after it was asked whether it lives', async () => {
    const { server, submit } = await started();
    expect([await submit(), await submit(), await submit()]).toEqual(
      Array.from({ length: 3 }, () => 'accepted'),
    );
    expect(server.connections()).toBe(1);
    const again = ['RSET', ...MESSAGE];
    expect(verbsOf(server)).toEqual(['EHLO', ...MESSAGE, ...again, ...again]);
  });

  test('is not kept beside as many as there may be', async () => {
    const { server, submit } = await started({}, { keptConnections: 2 });
    await Promise.all(Array.from({ length: 5 }, submit));
    expect(server.connections()).toBe(5);
    await until(() => server.open() === 2);
    await Promise.all([submit(), submit()]);
    expect(server.connections()).toBe(5);
  });

  test('is given up with a goodbye after so many messages', async () => {
    const { server, submit } = await started(
      {},
      // It is not left for having nothing to do.
      { messagesPerConnection: 2, idleSeconds: 600, silenceSeconds: 600 },
    );
    await submit();
    await submit();
    await until(() => server.open() === 0);
    expect(verbsOf(server).at(-1)).toBe('QUIT');
    await submit();
    expect(server.connections()).toBe(2);
  });

  test('is given up with a goodbye when nothing was to be done for a while', async () => {
    const { server, submit } = await started({}, { idleSeconds: 0.1 });
    await submit();
    await until(() => server.open() === 0);
    expect(verbsOf(server).at(-1)).toBe('QUIT');
    expect([await submit(), server.connections()]).toEqual(['accepted', 2]);
  });

  test('that had to wait too long is not asked any more: a process may have been frozen meanwhile', async () => {
    const { server, submit } = await started({}, { idleSeconds: 60 });
    await submit();
    const now = Date.now;
    Date.now = () => now() + 61_000;
    try {
      await submit();
    } finally {
      Date.now = now;
    }
    expect([server.connections(), verbsOf(server).includes('RSET')]).toEqual([2, false]);
  });

  test.each<[string, string]>([
    ['was closed by the server', 'close'],
    ['was left by the server with a 421', '421 4.4.2 idle for too long'],
    ['says something that nobody asked for', '250 surprise'],
  ])('that %s is not used again', async (_title, step) => {
    const server = await startScripted({});
    closing.push(server.close);
    const relay = smtpRelay(`smtp://127.0.0.1:${server.port}`);
    await relay.submit(ENVELOPE);
    server.say(step);
    expect(await relay.submit(ENVELOPE)).toMatchObject({ ok: true });
    expect([server.connections(), server.whole()]).toEqual([2, 2]);
  });

  test('is not kept after a refusal', async () => {
    const { server, submit } = await started({ RCPT: ['550 5.1.1 no', '250 ok'] });
    expect(await submit()).toBe('deliver/bad-mailbox');
    await until(() => server.open() === 0);
  });

  test('that is gone is replaced once: a server that then refuses has refused', async () => {
    const { server, submit } = await started((connection) =>
      connection === 0 ? { MAIL: ['250 ok', 'close'] } : { MAIL: 'close' },
    );
    expect([await submit(), await submit()]).toEqual(['accepted', 'deliver/unreachable']);
    expect(server.connections()).toBe(2);
  });

  test('keeps no process from ending', async () => {
    const { server } = await started();
    const program = `
      const { smtpRelay } = await import('./shared/adapters/smtp-relay.ts');
      const relay = smtpRelay('smtp://127.0.0.1:${server.port}', { idleSeconds: 600, silenceSeconds: 600 });
      const bytes = Buffer.from('x');
      const { ok } = await relay.submit({ from: 'a@holder.example', to: 'b@clinic.example', bytes });
      process.stdout.write(String(ok));`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { cwd: join(import.meta.dirname, '../../..') },
    );
    expect(stdout).toBe('true');
  });
});
