import { buildDsn } from '../../../infra/local/partner/dsn.ts';
import type { Answer } from '../../../infra/local/partner/notice.ts';
import type { NoticeForm } from '../../../infra/local/partner/notice-form.ts';
import type { Envelope } from '../../../shared/deliver/relay.ts';
import { sha256 } from '../../../shared/ids.ts';
import type { BytesStore } from '../../../shared/record/store.ts';
import { memoryPartner } from '../../support/memory/partner.ts';
import type { Chance } from '../kernel/chance.ts';
import type { Kernel } from '../kernel/environment.ts';
import type { Identities } from './identities.ts';
import type { Witness } from './witness.ts';

/** How often mail services of recipients behave so. */
export type Manners = Readonly<Record<Manner, number>>;

export type Manner =
  | 'answers'
  | 'answers-late'
  | 'dispatches-late'
  | 'dispatches-first'
  | 'processes-only'
  | 'dispatches-only'
  | 'fails'
  | 'says-nothing'
  | 'says-nonsense'
  /** A server on the way that nobody signs for gives the copy up, or says that it arrived. */
  | 'bounces-unsigned'
  | 'confirms-unsigned'
  | 'is-forged';

interface Planned {
  readonly kind: Answer['says'];
  readonly seconds: number;
}

export interface MailPorts {
  readonly identities: Identities;
  readonly mail: BytesStore;
  /** Hears of each mail that came in. */
  readonly arrived: (body: string) => void;
  readonly kernel: Kernel;
  readonly witness: Witness;
  readonly chance: Chance;
  readonly manners: Manners;
  readonly repeats: number;
}

/** Those that every reader has to bear. */
const FORMS: readonly NoticeForm[] = [
  'spaces-before-colons',
  'folded-fields',
  'spaces-in-disposition',
  'space-before-type',
  'lower-case-header',
  'different-message-id',
];

const SOON: readonly [number, number] = [1, 600];
const LATE: readonly [number, number] = [3000, 20_000];

/** The mail services of the recipients: what becomes of a copy once the relay has it, and the mail that comes back. */
export class Mail {
  readonly #ports: MailPorts;
  #count = 0;

  constructor(ports: MailPorts) {
    this.#ports = ports;
  }

  receive(envelope: Envelope): void {
    const { chance, manners } = this.#ports;
    const manner = chance.weighted(manners);
    this.#ports.kernel.trace('partner', manner);
    if (manner === 'says-nonsense') {
      this.#later(chance.between(...SOON), async () => nonsense(chance));
    }
    if (manner === 'bounces-unsigned' || manner === 'confirms-unsigned') {
      this.#sayUnsigned(envelope, manner === 'bounces-unsigned' ? 'undeliverable' : 'delivered');
    }
    for (const planned of this.#plan(manner)) this.#answer(envelope, planned, manner);
  }

  #plan(manner: Manner): readonly Planned[] {
    const { chance } = this.#ports;
    const soon = (kind: Answer['says']): Planned => ({
      kind,
      seconds: chance.between(...SOON),
    });
    const late = (kind: Answer['says']): Planned => ({
      kind,
      seconds: chance.between(...LATE),
    });
    switch (manner) {
      case 'answers':
      case 'is-forged':
        return [soon('processed'), soon('dispatched')];
      case 'answers-late':
        return [late('processed'), late('dispatched')];
      case 'dispatches-late':
        return [soon('processed'), late('dispatched')];
      case 'dispatches-first':
        return [{ kind: 'dispatched', seconds: 1 }, soon('processed')];
      case 'processes-only':
        return [soon('processed')];
      case 'dispatches-only':
        return [soon('dispatched')];
      case 'fails':
        return [chance.pick([soon, late])('failed')];
      case 'bounces-unsigned':
      case 'confirms-unsigned':
      case 'says-nothing':
      case 'says-nonsense':
        return [];
    }
  }

  /** With the ENVID, by which alone it can be believed. */
  #sayUnsigned({ to, from, envelopeId }: Envelope, says: 'undeliverable' | 'delivered'): void {
    const { chance, kernel } = this.#ports;
    this.#later(chance.between(...SOON), async () => {
      const about = { recipient: to, to: from, originalSubject: '', date: kernel.timeline.now() };
      const originalMessageId = envelopeId ?? '';
      return buildDsn({ ...about, originalMessageId, says, form: 'one-block' }).bytes;
    });
  }

  #answer(envelope: Envelope, { kind, seconds }: Planned, manner: Manner): void {
    const { identities, kernel, chance, repeats, witness } = this.#ports;
    const identity = identities.partners.get(envelope.to);
    if (!identity) return;
    const isForged = manner === 'is-forged';
    const partner = memoryPartner(identity, identities.holder.certificate);
    const made = async (): Promise<Uint8Array> => {
      const now = kernel.timeline.now();
      const signer = isForged ? identities.stranger : identity;
      const [notice] = await partner.answers(envelope, [{ says: kind, ...form }], now, signer);
      return notice ?? new Uint8Array(0);
    };
    const form = chance.happens(0.2) ? { form: chance.pick(FORMS) } : {};
    const about = sha256(envelope.bytes);
    const times = chance.happens(repeats) ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      this.#later(seconds + time * chance.between(0, 4000), made, (body) => {
        if (!isForged) witness.noticed({ body, sha256: about, says: kind });
      });
    }
  }

  #later(seconds: number, make: () => Promise<Uint8Array>, came?: (body: string) => void): void {
    const { kernel, mail, arrived } = this.#ports;
    kernel.timeline.after(seconds * 1000, () => {
      this.#count += 1;
      const key = `mail/${this.#count}`;
      const body = JSON.stringify({ Records: [{ s3: { object: { key } } }] });
      void kernel.timeline.thinkingOf('the mail of a partner', async () => {
        await mail.put(key, await make());
        came?.(body);
        arrived(body);
      });
    });
  }
}

const nonsense = (chance: Chance): Uint8Array =>
  chance.pick([
    Buffer.from('Content-Type: application/pkcs7-mime\r\n\r\nMIIB'),
    Buffer.from('From: a@b.example\r\nSubject: Out of office\r\n\r\nI am away.'),
    Uint8Array.from({ length: 64 }, () => chance.count(0, 255)),
  ]);
