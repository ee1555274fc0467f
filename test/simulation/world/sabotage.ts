import { isDue } from '../../../shared/adapters/dynamo/keys.ts';
import type { Condition, Item, RawTable, Write } from '../../../shared/adapters/dynamo/table.ts';
import type { Ledger } from '../../../shared/transmission/ledger.ts';
import type { Lease } from '../../../shared/transmission/transmission.ts';
import type { TransmitRequest } from '../../../shared/transmit-request/transmit-request.ts';
import type { Ports } from './ports.ts';
import type { Climate } from './world.ts';

/** One safeguard taken away from outside, without a change to the code: to see whether anybody notices. */
export interface Sabotage {
  readonly table?: (raw: RawTable) => RawTable;
  readonly ports?: (ports: Ports) => Ports;
  readonly climate?: Partial<Climate>;
}

const writing = (
  raw: RawTable,
  change: (writes: readonly Write[]) => readonly Write[],
): RawTable => ({
  ...raw,
  write: (writes) => raw.write(change(writes)),
});

const unconditional = (write: Write): Write => ('put' in write ? { put: write.put } : write);

const withoutAuthority = <I extends Item | undefined>(item: I): I => {
  if (item?.['kind'] !== 'request') return item;
  const { authorityEndsAt: _, ...body } = item['body'] as Record<string, unknown>;
  return { ...item, body };
};

const withKeptAuthority = async (raw: RawTable, write: Write): Promise<Write> => {
  if (!('put' in write) || write.put['kind'] !== 'request') return write;
  const { pk, sk, body } = write.put;
  const kept = (await raw.get({ pk, sk }))?.['body'] as TransmitRequest | undefined;
  if (kept?.authorityEndsAt === undefined) return write;
  const { authorityEndsAt } = kept;
  return { ...write, put: { ...write.put, body: { ...(body as object), authorityEndsAt } } };
};

const withoutAuthorityCheck = (write: Write): Write =>
  'check' in write
    ? {
        ...write,
        when: write.when.filter((each) => !JSON.stringify(each).includes('authorityEndsAt')),
      }
    : write;

const isOf = (kind: string, write: Write): boolean => 'put' in write && write.put['kind'] === kind;

const isOfPatient = (write: Write): boolean => 'check' in write && write.check.sk === 'PATIENT';

const isOfAsking = (condition: Condition): boolean => {
  if ('without' in condition) return condition.without.at(-1) === 'addedWith';
  return 'equals' in condition && condition.equals[0].at(-1) === 'addedWith';
};

const ofWhateverAsking = (write: Write): Write =>
  'check' in write ? { ...write, when: write.when.filter((each) => !isOfAsking(each)) } : write;

const isPause = (write: Write): boolean => {
  const body = 'put' in write && write.put['kind'] === 'request' ? write.put['body'] : undefined;
  return (body as TransmitRequest | undefined)?.paused?.code.startsWith('patient/') ?? false;
};

export const SABOTAGES = {
  'the claim: every worker believes that it holds what it works on': {
    ports: (ports) => {
      const mine = new Map<string, Lease | undefined>();
      const append: Ledger['append'] = async (id, now, decide) => {
        const own = (history: Parameters<typeof decide>[0]) => {
          const { lease: _, ...rest } = history;
          const lease = mine.get(id);
          return decide(lease ? { ...rest, lease } : rest);
        };
        const answer = await ports.ledger.append(id, now, own);
        if (answer.ok) mine.set(id, answer.value.lease);
        return answer;
      };
      return { ...ports, ledger: { ...ports.ledger, append } };
    },
  },

  'the intent: it is stated after the hand-over': {
    ports: (ports) => {
      let stated: (() => Promise<unknown>) | undefined;
      const append: Ledger['append'] = async (id, now, decide) => {
        const read = await ports.ledger.read(id);
        const decided = read.ok ? decide(read.value) : read;
        const isIntent = decided.ok && decided.value.facts.some(({ kind }) => kind === 'intent');
        if (!isIntent) return ports.ledger.append(id, now, decide);
        stated = () => ports.ledger.append(id, now, decide);
        return read;
      };
      const submit: Ports['relay']['submit'] = async (envelope) => {
        const answer = await ports.relay.submit(envelope);
        await stated?.();
        stated = undefined;
        return answer;
      };
      return {
        ...ports,
        ledger: { ...ports.ledger, append },
        relay: { ...ports.relay, submit },
      };
    },
  },

  'the revocation: nobody looks whether request and address are active': {
    ports: (ports) => {
      const append: Ledger['append'] = (id, now, decide) =>
        ports.ledger.append(id, now, (history) => {
          const decided = decide(history);
          return decided.ok
            ? { ...decided, value: { ...decided.value, whileActive: false } }
            : decided;
        });
      return { ...ports, ledger: { ...ports.ledger, append } };
    },
  },

  'the asking: what was stopped goes on when its address is asked for again': {
    table: (raw) => writing(raw, (writes) => writes.map(ofWhateverAsking)),
  },

  'the trigger of a change: it is added when the change is kept, if anybody lives that long': {
    ports: (ports) => {
      const amend: Ports['amendments']['amend'] = async (patient, id, now, version, decide) => {
        let late: (() => Promise<unknown>) | undefined;
        const kept = await ports.amendments.amend(patient, id, now, version, (current) => {
          const decided = decide(current);
          if (!decided.ok) return decided;
          const { trigger: brought, ...alone } = decided.value;
          late = brought && (() => ports.triggers.add(brought.trigger, brought.dueAt));
          return { ...decided, value: alone };
        });
        await late?.();
        return kept;
      };
      return { ...ports, amendments: { amend } };
    },
  },

  'the patient: nobody pauses for a merge or a death, or looks for either when a copy is sent': {
    table: (raw) => ({
      ...raw,
      async write(writes) {
        const left = writes.filter((write) => !isPause(write) && !isOfPatient(write));
        return left.length === 0 ? { ok: true } : raw.write(left);
      },
    }),
  },

  'the authority: nobody knows when it ends': {
    table: (raw) => ({
      ...raw,
      // What nobody sees nobody removes: the witness still goes by it.
      write: async (writes) =>
        raw.write(
          await Promise.all(
            writes.map(async (write) => withoutAuthorityCheck(await withKeptAuthority(raw, write))),
          ),
        ),
      get: async (key) => withoutAuthority(await raw.get(key)),
      query: async (query) => (await raw.query(query)).map((item) => withoutAuthority(item)),
    }),
  },

  'the uniqueness of facts: whoever comes last overwrites what is there': {
    table: (raw) =>
      writing(raw, (writes) =>
        writes.some((write) => isOf('fact', write)) ? writes.map(unconditional) : writes,
      ),
  },

  'the sweep: it is never called': { climate: { sweepLosses: 1 } },

  'joining once: a trigger never counts as one that has joined': {
    table: (raw) => ({
      ...writing(raw, (writes) =>
        writes.map((write) => (isOf('trigger', write) ? unconditional(write) : write)),
      ),
      async get(key) {
        const item = await raw.get(key);
        const isJoined = item?.['kind'] === 'trigger' && !isDue(item);
        return isJoined ? ({ ...item, duePk: 'DUE#0' } satisfies Item) : item;
      },
    }),
  },
} as const satisfies Record<string, Sabotage>;
