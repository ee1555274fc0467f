import type { DynamoDBBatchResponse, SQSBatchResponse } from 'aws-lambda';
import { addressName, PKIX } from '../../../shared/discover/dns-cert.ts';
import type { DirectAddress } from '../../../shared/ids.ts';
import type { BytesStore } from '../../../shared/record/store.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { Doorbell } from '../../../shared/trigger/doorbell.ts';
import { memoryDoor } from '../../support/memory/door.ts';
import { memoryAnswerCounter } from '../../support/memory/answer-counter.ts';
import { memoryBytes } from '../../support/memory/bytes.ts';
import { memoryCache } from '../../support/memory/cache.ts';
import { memoryCircuitStore } from '../../support/memory/circuit-store.ts';
import { memoryDirectory } from '../../support/memory/directory.ts';
import { memoryMailDrop } from '../../support/memory/mail-drop.ts';
import { memoryRateCounter } from '../../support/memory/rate-counter.ts';
import { rawMemoryTable, type RawMemoryTable } from '../../support/memory/table.ts';
import type { Certificate } from '../../../shared/trust/certificate.ts';
import type { Chance } from '../kernel/chance.ts';
import type { Kernel } from '../kernel/environment.ts';
import type { Faults } from '../kernel/fault.ts';
import { Pool } from '../kernel/pool.ts';
import { Queue, type QueueEvent } from '../kernel/queue.ts';
import { StreamReader, type StreamEvent } from '../kernel/stream.ts';
import { Timeline } from '../kernel/timeline.ts';
import { Client } from './client.ts';
import { API, QUEUED, STREAMED, SWEEP, type Queued, type QueueName } from './functions.ts';
import type { Identities } from './identities.ts';
import { Mail, type Manners } from './mail.ts';
import { portsOf, type Ports, type Shared } from './ports.ts';
import { RelayEvents } from './relay-events.ts';
import { moodyRelay, type RelayManner } from './relay.ts';
import type { Sabotage } from './sabotage.ts';
import { Sweeper } from './sweeper.ts';
import { webhooks } from './webhooks.ts';
import { Witness } from './witness.ts';

/** What lies there before a run begins, and what it is made of. */
export interface Ground {
  readonly identities: Identities;
  readonly settings: Settings;
  readonly anchors: readonly Certificate[];
  readonly table: RawMemoryTable;
  readonly recordBytes: ReadonlyMap<string, Uint8Array>;
}

/** How the world behaves beside its faults: all rates from 0 to 1. */
export interface Climate {
  readonly losses: number;
  readonly repeats: number;
  readonly delays: number;
  readonly sweepLosses: number;
  readonly relay: Readonly<Record<RelayManner, number>>;
  readonly partners: Manners;
  readonly webhookFaults: number;
  /** How often the relay tells what becomes of a copy, as SES does. */
  readonly relayEvents: number;
  /** How many environments a function may have at once. */
  readonly workers: number;
}

export interface WorldOptions {
  readonly start: Date;
  readonly ground: Ground;
  readonly climate: Climate;
  readonly chance: Chance;
  readonly faults: (timeline: Timeline) => Faults;
  readonly sabotage?: Sabotage | undefined;
  readonly trace?: ((line: string) => void) | undefined;
}

/** The whole system with the world around it; nothing happens until its timeline runs. */
export class World {
  readonly timeline: Timeline;
  readonly witness: Witness;
  readonly table: RawMemoryTable;
  readonly auditTable: RawMemoryTable;
  readonly client: Client;
  readonly queues: Readonly<Record<QueueName, Queue>>;
  readonly recordBytes: BytesStore & { readonly keys: () => readonly string[] };
  crashes = 0;
  readonly #options: WorldOptions;
  readonly #kernel: Kernel;
  readonly #shared: Shared;

  constructor(options: WorldOptions) {
    const { start, ground, faults, trace, chance, sabotage } = options;
    this.#options = { ...options, climate: { ...options.climate, ...sabotage?.climate } };
    this.timeline = new Timeline(start);
    this.#kernel = {
      timeline: this.timeline,
      faults: faults(this.timeline),
      crashed: (name, why) => {
        this.crashes += 1;
        this.#kernel.trace(name, `died: ${why}`);
      },
      trace: (who, what) =>
        trace?.(`${this.timeline.now().toISOString()} ${who}: ${what.trimEnd()}`),
    };
    const pause = pauses(this.timeline, chance.apart('pauses'));
    this.table = ground.table.fork({ pause });
    this.auditTable = rawMemoryTable({ pause });
    this.witness = new Witness(this.timeline);
    this.table.onCommit((before, after) => this.witness.committed(before, after));
    this.recordBytes = memoryBytes();
    this.#shared = this.#made(ground);
    this.queues = {
      match: this.#queue('match', QUEUED.match),
      send: this.#queue('send', QUEUED.send),
      mail: this.#queue('mail', QUEUED.mail),
      relayEvent: this.#queue('relayEvent', QUEUED.relayEvent),
      webhook: this.#queue('webhook', QUEUED.webhook),
    };
    this.witness.deadMail = () => this.queues.mail.deadLetters;
    this.#readStreams();
    this.client = new Client(this.#pool(API), this.#kernel, chance.apart('client'));
    this.#sweeper().start();
  }

  #made({ identities, settings, anchors, recordBytes }: Ground): Shared {
    const { climate, chance, sabotage } = this.#options;
    for (const [key, bytes] of recordBytes) void this.recordBytes.put(key, bytes);
    const directory = memoryDirectory();
    for (const [address, { certificate }] of identities.partners) {
      directory.set(addressName(address as DirectAddress), [{ type: PKIX, data: certificate }]);
    }
    const mail = memoryBytes();
    const partners = new Mail({
      identities,
      mail,
      arrived: (body) => this.queues.mail.send(body),
      kernel: this.#kernel,
      witness: this.witness,
      chance: chance.apart('partners'),
      manners: climate.partners,
      repeats: climate.repeats,
    });
    const events = new RelayEvents(
      { witness: this.witness, timeline: this.timeline, chance: chance.apart('relay events') },
      climate,
      (body) => this.queues.relayEvent.send(body),
    );
    const relay = moodyRelay(chance.apart('relay'), climate.relay, (envelope) => {
      this.witness.left(envelope);
      partners.receive(envelope);
      events.left(envelope);
    });
    const bell = (queue: QueueName): Doorbell => ({
      ring: async (id, afterSeconds) => this.queues[queue].send(id, afterSeconds),
    });
    return {
      table: sabotage?.table?.(this.table) ?? this.table,
      auditTable: this.auditTable,
      recordBytes: this.recordBytes,
      messages: memoryBytes(),
      mail,
      kept: memoryMailDrop(mail),
      answerCounter: memoryAnswerCounter(),
      door: memoryDoor(this.timeline.now, settings.api),
      directory,
      cache: memoryCache(this.timeline.now),
      relay,
      rate: memoryRateCounter(),
      circuit: memoryCircuitStore(),
      bus: { publish: async (reports) => this.witness.published(reports) },
      webhookPost: webhooks(chance.apart('webhooks'), climate.webhookFaults, this.witness),
      bells: {
        trigger: bell('match'),
        transmission: bell('send'),
        delivery: bell('webhook'),
        answer: bell('send'),
      },
      settings,
      anchors: async () => anchors,
      identities,
    };
  }

  #pool<Event, Answer>(rules: {
    readonly name: string;
    readonly timeoutSeconds: number;
    readonly make: (ports: Ports) => (event: Event) => Promise<Answer>;
  }): Pool<Event, Answer> {
    const { chance, climate, sabotage } = this.#options;
    const most = { most: climate.workers, timeoutSeconds: rules.timeoutSeconds };
    const random = chance.apart(rules.name);
    return new Pool(rules.name, this.#kernel, most, (environment) => {
      const ports = portsOf(environment, this.#shared, this.#kernel, random);
      return rules.make(sabotage?.ports?.(ports) ?? ports);
    });
  }

  #queue(name: QueueName, queued: Queued): Queue {
    const { chance, climate } = this.#options;
    const { repeats, delays } = climate;
    // Only doorbells may be lost: what came from outside is on a queue that keeps it.
    const losses = name === 'mail' || name === 'relayEvent' ? 0 : climate.losses;
    const rules = { ...queued, name, losses, repeats, delays };
    const make = (ports: Ports) => queued.make(ports) as Handle<QueueEvent, SQSBatchResponse>;
    const pool = this.#pool({ ...queued, make });
    return new Queue(rules, pool, this.#kernel, chance.apart(`queue ${name}`));
  }

  #readStreams(): void {
    const { chance, climate } = this.#options;
    for (const streamed of STREAMED) {
      const make = (ports: Ports) =>
        streamed.make(ports) as Handle<StreamEvent, DynamoDBBatchResponse>;
      const pool = this.#pool({ ...streamed, make });
      // What is told is never set aside: there is nobody who would tell it later.
      const losses = 'retryAttempts' in streamed ? climate.losses : 0;
      const rules = { ...streamed, losses };
      const own = chance.apart(`stream ${streamed.name}`);
      const reader = new StreamReader(rules, pool, this.#kernel, own);
      this.table.onChange((change) => reader.hear(change));
    }
  }

  #sweeper(): Sweeper {
    const { climate, chance } = this.#options;
    const rules = { losses: climate.sweepLosses, repeats: climate.repeats };
    const pool = this.#pool<object, void>(SWEEP);
    return new Sweeper(pool, this.table, this.#kernel, chance.apart('sweeper'), rules);
  }
}

type Handle<Event, Answer> = (event: Event) => Promise<Answer>;

/** Now and then a query takes long enough for others to commit between two of its items. */
const pauses =
  (timeline: Timeline, chance: Chance): (() => Promise<unknown>) =>
  async () => {
    if (chance.happens(0.005)) await timeline.sleep(chance.between(1, 2000));
  };
