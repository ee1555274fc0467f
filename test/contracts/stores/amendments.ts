import { expect, test } from '@jest/globals';
import { amendmentStore } from '../../../shared/adapters/dynamo/amendments.ts';
import { consentStore } from '../../../shared/adapters/dynamo/consents.ts';
import { dueIndex } from '../../../shared/adapters/dynamo/due-index.ts';
import { KEYS } from '../../../shared/adapters/dynamo/keys.ts';
import { transmitRequestStore } from '../../../shared/adapters/dynamo/transmit-requests.ts';
import { triggerStore } from '../../../shared/adapters/dynamo/triggers.ts';
import { addressKeyOf, milestoneIdOf, type RequestId } from '../../../shared/ids.ts';
import { done, fail, type Outcome } from '../../../shared/outcome.ts';
import { revoked } from '../../../shared/transmit-request/revoke.ts';
import type { TransmitRequest } from '../../../shared/transmit-request/transmit-request.ts';
import type { DecidedAmendment } from '../../../shared/trigger/amendment-store.ts';
import { atSecond } from '../../support/histories.ts';
import { ADA_KEY, BEN_KEY, consent, LEE, request, trigger, type FreshTable } from './samples.ts';

const ONE = 'req_1' as RequestId;
const NOW = atSecond(100);
const BY = { kind: 'patient', subject: 'subject-of-ada' } as const;

type Decide = (current: TransmitRequest) => Outcome<DecidedAmendment>;

const deciding =
  (
    decide: (current: TransmitRequest) => TransmitRequest,
    more: Partial<DecidedAmendment> = {},
  ): Decide =>
  (current) =>
    done({ request: decide(current), by: BY, restsOnConsent: false, ...more });

const renamed = (letter: string) => (current: TransmitRequest) => ({
  ...current,
  clientReference: `${current.clientReference ?? ''}${letter}`,
});

const again = (current: TransmitRequest): TransmitRequest => ({
  ...current,
  addresses: { ...current.addresses, [addressKeyOf(LEE)]: { address: LEE, status: 'active' } },
});

export function amendmentStoreContract(fresh: FreshTable): void {
  async function open() {
    const table = await fresh();
    const requests = transmitRequestStore(table);
    await requests.create(request('req_1'), 0);
    return { table, requests, store: amendmentStore(table) };
  }

  test('a change counts the version up and is kept with what it tells, by whom', async () => {
    const { table, requests, store } = await open();
    const decide: Decide = (current) => {
      const stopped = revoked(current, NOW, LEE);
      return stopped.ok ? done({ request: stopped.value, by: BY, restsOnConsent: false }) : stopped;
    };
    const changed = await store.amend(ADA_KEY, ONE, NOW, 7, decide);
    expect(changed).toMatchObject({ ok: true, value: { version: 2 } });
    expect(await requests.get(ADA_KEY, ONE)).toEqual(changed);
    const lee = addressKeyOf(LEE);
    const told = milestoneIdOf(ONE, 'transmit-request.revoked', `2 ${lee}`);
    const milestone = await table.get(KEYS.milestone(told));
    expect(milestone?.['body']).toMatchObject({ addressKey: lee, by: BY });
    expect((await requests.standing(ADA_KEY)).version).toBe(2);
  });

  test('an address that is asked for again counts, too', async () => {
    const { requests, store } = await open();
    const stop = (current: TransmitRequest) => revoked(current, NOW, LEE);
    await requests.change(ADA_KEY, ONE, NOW, stop);
    await store.amend(ADA_KEY, ONE, NOW, 0, deciding(again));
    expect((await requests.standing(ADA_KEY)).version).toBe(3);
  });

  test('the reason to send that it brings is there with it, and due', async () => {
    const { table, store } = await open();
    const brought = { trigger: trigger('trg_1'), dueAt: atSecond(160) };
    await store.amend(ADA_KEY, ONE, NOW, 0, deciding(renamed('a'), { trigger: brought }));
    expect(await triggerStore(table).get(brought.trigger.id)).toEqual(done(brought.trigger));
    const index = dueIndex(table);
    expect((await index.due(atSecond(159), 9)).due).toEqual([]);
    expect((await index.due(atSecond(160), 9)).due).toEqual([{ kind: 'trigger', id: 'trg_1' }]);
  });

  test('transmit-request/unknown, and what is refused: nothing is written', async () => {
    const { requests, store } = await open();
    const unknown = fail('transmit-request/unknown');
    expect(await store.amend(BEN_KEY, ONE, NOW, 0, deciding(renamed('a')))).toEqual(unknown);
    const refused = fail('edge/precondition-failed');
    expect(await store.amend(ADA_KEY, ONE, NOW, 0, () => refused)).toEqual(refused);
    expect(await requests.get(ADA_KEY, ONE)).toEqual(done(request('req_1')));
  });

  test('a decision for what is there already writes nothing, not even what it brings', async () => {
    const { table, requests, store } = await open();
    const brought = { trigger: trigger('trg_1'), dueAt: NOW };
    const same = deciding((current) => current, { trigger: brought, restsOnConsent: true });
    expect(await store.amend(ADA_KEY, ONE, NOW, 7, same)).toEqual(done(request('req_1')));
    expect(await requests.get(ADA_KEY, ONE)).toEqual(done(request('req_1')));
    expect((await triggerStore(table).get(brought.trigger.id)).ok).toBe(false);
  });

  test('consents-changed: the patient has answered since; what rests on no consent does not mind', async () => {
    const { table, requests, store } = await open();
    const consents = consentStore(table);
    const rests = deciding(renamed('a'), {
      restsOnConsent: true,
      trigger: { trigger: trigger('trg_1'), dueAt: NOW },
    });
    await consents.add(consent('con_1', 0, { decision: 'rejected' }));
    expect(await store.amend(ADA_KEY, ONE, NOW, 0, rests)).toBe('consents-changed');
    expect(await requests.get(ADA_KEY, ONE)).toEqual(done(request('req_1')));
    expect((await triggerStore(table).get(trigger('trg_1').id)).ok).toBe(false);
    expect(await store.amend(ADA_KEY, ONE, NOW, 0, deciding(renamed('a')))).toMatchObject({
      value: { version: 2 },
    });
    expect(await store.amend(ADA_KEY, ONE, NOW, 1, rests)).toMatchObject({ value: { version: 3 } });
  });

  test('changes that race all count: each decides on what the one before it left', async () => {
    const { requests, store } = await open();
    const letters = 'abcdefgh'.split('');
    await Promise.all(
      letters.map((letter, n) =>
        n % 2
          ? store.amend(ADA_KEY, ONE, NOW, 0, deciding(renamed(letter), { restsOnConsent: true }))
          : requests.change(ADA_KEY, ONE, NOW, (each) => done(renamed(letter)(each))),
      ),
    );
    const kept = await requests.get(ADA_KEY, ONE);
    expect(kept.ok && kept.value.clientReference?.split('').sort()).toEqual(letters);
    expect(kept).toMatchObject({ value: { version: 9 } });
  });
}
