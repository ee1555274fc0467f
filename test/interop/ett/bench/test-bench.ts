import { later } from '../../../../shared/clock.ts';
import { PKIX } from '../../../../shared/discover/dns-cert.ts';
import type { Envelope } from '../../../../shared/deliver/relay.ts';
import { ANA, type Answered, type Differing } from '../../../lambdas/http-world.ts';
import { consented, share } from '../../../lambdas/steps.ts';
import { memoryPartner } from '../../../support/memory/partner.ts';
import { upload } from '../../../support/one-record.ts';
import { cachedAuthority, cachedKeys, issueQuickly } from '../../../support/pki.ts';
import { wholePath, type WholePath } from '../../../support/whole-path.ts';

/** Where the robots are; one certificate serves all its mailboxes. */
export const EDGE = 'ttpedge.example';
/** A domain whose certificate leads to nobody whom we trust. */
export const UNTRUSTED = 'direct2.example';
/** A domain without a certificate. */
export const UNPUBLISHED = 'ttpds2.example';

const START = new Date('2026-11-22T12:00:00.000Z');

/** The certification tool with its robots, we beside it, and one clock for both. */
export interface EttBench {
  readonly path: WholePath;
  readonly partner: ReturnType<typeof memoryPartner>;
  /** A patient asks for one copy to each of these at once, and it is sent. */
  readonly send: (addresses: readonly string[]) => Promise<void>;
  /** The tool answers with this at a minute of its own choosing. */
  readonly comes: (minute: number, raw: () => Promise<Uint8Array> | Uint8Array) => void;
  /** Minutes pass: robots answer what they got in their own time, and each minute we look after what is due. */
  readonly pass: (minutes: number) => Promise<void>;
  /** What the API shows of the copy to an address. */
  readonly copyTo: (address: string) => Promise<Answered['body']>;
}

export async function ettBench(differing: Differing = {}): Promise<EttBench> {
  const path = await wholePath(differing);
  const edge = await issueQuickly(path.anchor, { domain: EDGE, keys: await cachedKeys('edge') });
  const stranger = await cachedAuthority('A stranger');
  const untrusted = await issueQuickly(stranger, { domain: UNTRUSTED });
  path.directory.set(EDGE, [{ type: PKIX, data: edge.certificate }]);
  path.directory.set(UNTRUSTED, [{ type: PKIX, data: untrusted.certificate }]);
  const partner = memoryPartner(edge, path.holder.certificate);
  await consented(path);
  await upload(path);
  await path.settle();

  const coming = new Map<number, (() => Promise<Uint8Array> | Uint8Array)[]>();
  const comes: EttBench['comes'] = (minute, raw) =>
    void coming.set(minute, [...(coming.get(minute) ?? []), raw]);
  let minute = 0;
  let seen = 0;

  /** What robots answer in their time, of all that came since. */
  function robotsRead(): void {
    for (const envelope of path.relay.taken.slice(seen)) {
      for (const answer of partner.answersFor(envelope)) {
        comes(minute + (answer.afterMinutes ?? 0), () => written(envelope, answer));
      }
    }
    seen = path.relay.taken.length;
  }

  async function written(
    envelope: Envelope,
    answer: ReturnType<typeof partner.answersFor>[number],
  ): Promise<Uint8Array> {
    const [raw] = await partner.answers(envelope, [answer], path.ports.now());
    return raw ?? new Uint8Array();
  }

  async function thisMinute(): Promise<void> {
    robotsRead();
    for (const raw of coming.get(minute) ?? []) await path.deliverMail(await raw());
    coming.delete(minute);
  }

  return {
    path,
    partner,
    comes,
    async send(addresses) {
      const asked = await share(path, { json: { addresses, frequency: 'once' } });
      if (asked.status !== 201) throw new Error(`The request was answered ${asked.status}`);
      await path.settle();
    },
    async pass(minutes) {
      await thisMinute();
      for (const end = minute + minutes; minute < end;) {
        minute += 1;
        await path.sweepAt(later(START, 60 * minute).toISOString());
        await thisMinute();
      }
    },
    async copyTo(address) {
      const { body } = await path.ask('GET /v1/patients/ana/transmissions', { as: ANA });
      const lines = body.transmissions as readonly { id: string; address: string }[];
      const [line, ...others] = lines.filter((each) => each.address === address);
      if (!line || others.length > 0) throw new Error(`There is not one copy to ${address}`);
      return (await path.ask(`GET /v1/transmissions/${line.id}`, { as: ANA })).body;
    },
  };
}

/** In one line: how a copy ended, with which code, after how many minutes, and how many notices came too late for it. */
export function becameOf({ status, code, timeline }: Answered['body']): string {
  const facts = timeline as readonly { kind: string; at: string }[];
  const ends = facts.filter(({ kind }) => kind === 'ended');
  const late = facts.filter(({ kind }) => kind === 'late-notice').length;
  const minutes = ends.map(({ at }) => (new Date(at).getTime() - START.getTime()) / 60_000);
  return [
    status as string,
    ...(code === undefined ? [] : [code as string]),
    ...minutes.map((each) => `after ${each} min`),
    ...(late > 0 ? [`${late} late`] : []),
  ].join(', ');
}
