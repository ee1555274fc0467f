import { expect, test } from '@jest/globals';
import { en } from '../../portal/words/en.ts';
import { describeWith } from '../support/needs.ts';
import { expectAccessible } from './support/axe.ts';
import { focusFaultsOn, focusOn, smallTargetsOn } from './support/checks.ts';
import type { Opened } from './support/opened.ts';
import { usePortal } from './support/portal.ts';
import { standingOrder, truthOf } from './support/truth.ts';
import { patientUser, providerUser } from './support/users.ts';

const LOPEZ = 'dr.lopez@direct.example.net';
const TITLE = en.provider.title.replace('{name}', 'Ana Lucía Rivera');

const { provider, choose } = en;

const walkOf = ({ page, press, fill }: Opened) => ({
  oral: async (witness?: string) => {
    await press(provider.method.oral);
    if (witness !== undefined) await fill(provider.witness, witness);
    await press(provider.identity['id-document']);
  },
  written: async () => {
    await press(provider.method.written);
    await press(provider.identity.known);
  },
  record: async () => {
    await press(provider.record);
    await page.getByRole('heading', { name: choose.title }).waitFor();
  },
  address: (address: string) => fill(choose.address, address),
});

async function expectGood({ page, complaints, strangers }: Opened): Promise<void> {
  await expectAccessible(page);
  expect(await smallTargetsOn(page)).toEqual([]);
  expect([complaints, strangers]).toEqual([[], []]);
}

describeWith(['chromium', 'java', 'time'], 'a provider, with the patient beside', () => {
  const portal = usePortal();

  const chartOf = async () => {
    const id = await portal().patient();
    const opened = await portal().open({ user: providerUser(id) });
    const truth = truthOf(await portal().apiAs(patientUser(id)), id);
    return { opened, ...opened, truth, walk: walkOf(opened) };
  };

  test('adds an address that the patient agrees to aloud, before a witness, and sees the copy arrive', async () => {
    const { opened, page, press, see, heard, truth, walk } = await chartOf();
    await page.getByRole('heading', { name: TITLE }).waitFor();
    await expectGood(opened);
    await press(en.provider.add);
    await page.getByText(en.terms.print).waitFor();
    expect(await focusOn(page)).toBe(`h2 ${en.terms.heading}`);
    await expectGood(opened);
    expect(await focusFaultsOn(page)).toEqual([]);
    await press(en.provider.decision.accepted);
    await walk.oral('Kim Nurse');
    await walk.record();
    expect(await focusOn(page)).toBe(`h2 ${en.choose.title}`);
    await walk.address(LOPEZ);
    await see(/Partner Clinic/);
    await press(en.provider.update);
    await expectGood(opened);
    await press(en.choose.share);
    await see(en.copies.heading);
    await see(en.copies.status.delivered, 60_000);
    const onBehalf = { method: 'oral', identityCheck: 'id-document', witness: 'Kim Nurse' };
    expect(await truth.consents()).toMatchObject([{ decision: 'accepted', onBehalf }]);
    expect(await truth.requests()).toMatchObject([
      { frequency: 'on-update', addresses: [{ address: LOPEZ }] },
    ]);
    expect(heard.map(({ type }) => type).slice(0, 2)).toEqual([
      'share-answered',
      'share-requested',
    ]);
    await press(en.copies.done);
    await see(LOPEZ);
    await expectGood(opened);
  }, 90_000);

  test('is led to each thing that is missing, the witness last, and nothing is on record before', async () => {
    const { opened, page, press, see, truth, network } = await chartOf();
    await press(en.provider.add);
    await press(en.provider.record);
    const focused = page.locator(':focus');
    const isAt = (name: string) => focused.and(page.getByLabel(name)).waitFor({ timeout: 5000 });
    await isAt(en.provider.decision.accepted);
    await see(en.provider.pick);
    await expectGood(opened);
    await press(en.provider.decision.accepted);
    await press(en.provider.record);
    await isAt(en.provider.method.oral);
    await press(en.provider.method.oral);
    await press(en.provider.record);
    await isAt(en.provider.identity.known);
    await press(en.provider.identity.known);
    expect(network.calls('POST /consents')).toBe(0);
    await press(en.provider.record);
    await see(en.provider.witnessWrong);
    await isAt(en.provider.witness);
    await expectGood(opened);
    await page.keyboard.type('Kim \u202eesruN');
    await press(en.provider.record);
    await isAt(en.provider.witness);
    expect(network.calls('POST /consents')).toBe(1);
    expect(await truth.consents()).toEqual([]);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Kim Nurse');
    await press(en.provider.record);
    await see(en.choose.title);
    expect(await truth.consents()).toMatchObject([{ onBehalf: { witness: 'Kim Nurse' } }]);
  }, 90_000);

  test('whose answers are lost puts neither the yes nor the request on record twice', async () => {
    const { press, see, truth, walk, network } = await chartOf();
    await press(en.provider.add);
    await press(en.provider.decision.accepted);
    await walk.written();
    await network.loseAnswer('POST /consents', 3);
    await press(en.provider.record);
    await see(en.trouble.unreachable, 30_000);
    await press(en.trouble.again);
    await see(en.choose.title);
    await walk.address(LOPEZ);
    await network.loseAnswer('POST /transmit-requests', 3);
    await press(en.choose.share);
    await see(en.trouble.unreachable, 30_000);
    await press(en.trouble.again);
    await see(en.copies.heading);
    expect(network.calls('POST /consents')).toBe(4);
    expect(network.calls('POST /transmit-requests')).toBe(4);
    expect(await truth.consents()).toHaveLength(1);
    expect(await truth.requests()).toHaveLength(1);
  }, 90_000);

  test('another text by now: it is read, the answer is given anew, and what was typed is kept', async () => {
    const { page, press, see, truth, walk, network } = await chartOf();
    await press(en.provider.add);
    await press(en.provider.decision.accepted);
    await walk.oral('Kim Nurse');
    const refusal = { code: 'consent/outdated-text', detail: 'Another text.' };
    await network.answerInstead('POST /consents', 409, refusal);
    await press(en.provider.record);
    await see(en.terms.changed);
    expect(await page.getByLabel(en.provider.decision.accepted).isChecked()).toBe(false);
    await press(en.provider.decision.accepted);
    await walk.record();
    expect(await truth.consents()).toMatchObject([{ onBehalf: { witness: 'Kim Nurse' } }]);
  }, 90_000);

  test('a yes that does not hold any more is given again, and the address is kept', async () => {
    const { page, press, see, truth, walk, network } = await chartOf();
    await press(en.provider.add);
    await press(en.provider.decision.accepted);
    await walk.written();
    await walk.record();
    await walk.address(LOPEZ);
    const refusal = { code: 'consent/not-accepted', detail: 'Somebody said no.' };
    await network.answerInstead('POST /transmit-requests', 409, refusal);
    await press(en.choose.share);
    await see(en.provider.answer);
    await press(en.provider.decision.accepted);
    await walk.written();
    await walk.record();
    expect(await page.getByLabel(en.choose.address).first().inputValue()).toBe(LOPEZ);
    await press(en.choose.share);
    await see(en.copies.heading);
    expect(await truth.consents()).toHaveLength(2);
    expect(await truth.requests()).toHaveLength(1);
  }, 90_000);

  test('stops an address by its X, and changes how often another gets copies', async () => {
    const id = await portal().patient();
    const patient = await portal().apiAs(patientUser(id));
    await standingOrder(patient, id, LOPEZ);
    await standingOrder(patient, id, 'intake@direct.example.net');
    const opened = await portal().open({ user: providerUser(id) });
    const { page, press, see } = opened;
    const truth = truthOf(patient, id);
    await press(en.places.stopOf.replace('{to}', LOPEZ));
    await page.getByRole('group').getByRole('button', { name: en.places.stop }).click();
    await see(en.places.stopped.replace('{to}', LOPEZ));
    await press(en.places.changeOf.replace('{to}', 'intake@direct.example.net'));
    await opened.select(en.choose.often, 'weekly');
    await press(en.places.save);
    await see(en.provider.places);
    await see(en.often.weekly);
    await expectGood(opened);
    const requests = await truth.requests();
    expect(requests.map(({ status, frequency }) => `${status} ${frequency}`).toSorted()).toEqual([
      'active weekly',
      'revoked on-update',
    ]);
  }, 90_000);

  test('asks the patient before a change that asks for more, and what was typed is kept', async () => {
    const id = await portal().patient();
    const patient = await portal().apiAs(patientUser(id));
    await standingOrder(patient, id, LOPEZ);
    const opened = await portal().open({ user: providerUser(id) });
    const { press, see, fill } = opened;
    await press(en.places.changeOf.replace('{to}', LOPEZ));
    await press(en.choose.another);
    await fill(`${en.choose.address} 2`, 'intake@direct.example.net');
    await see(/Partner Clinic/);
    await press(en.places.save);
    await see(en.provider.answer);
    await press(en.provider.decision.accepted);
    await walkOf(opened).written();
    await press(en.provider.record);
    await see(en.places.save);
    await see(/Partner Clinic/);
    await press(en.places.save);
    await see(en.provider.places);
    expect((await truthOf(patient, id).requests())[0]?.addresses).toHaveLength(2);
  }, 90_000);
});
