import { expect, test } from '@jest/globals';
import { en } from '../../portal/words/en.ts';
import { filled } from '../../portal/words/words.ts';
import { describeWith } from '../support/needs.ts';
import { focusOn } from './support/checks.ts';
import { usePortal } from './support/portal.ts';
import { standingOrder, truthOf } from './support/truth.ts';
import { patientUser } from './support/users.ts';

const [LOPEZ, HEART] = ['dr.lopez@direct.example.net', 'intake@direct.example.net'];
const { places } = en;

describeWith(['chromium', 'java', 'time'], 'a patient who shared before', () => {
  const portal = usePortal();

  /** Somebody with standing orders, at the first screen. */
  const begin = async (...addresses: readonly string[]) => {
    const patient = await portal().patient();
    const user = patientUser(patient);
    const caller = await portal().apiAs(user);
    for (const address of addresses) await standingOrder(caller, patient, address);
    const opened = await portal().open({ user });
    await opened.see(places.title);
    return { opened, truth: truthOf(caller, patient) };
  };

  test('stops one address by its X, and the other goes on', async () => {
    const { opened, truth } = await begin(LOPEZ, HEART);
    const stop = filled(places.stopOf, { to: LOPEZ });
    await opened.press(stop);
    await opened.see(filled(places.stopAsk, { to: LOPEZ }));
    expect((await truth.requests()).every(({ status }) => status === 'active')).toBe(true);
    await opened.press(places.stop);
    const said = filled(places.stopped, { to: LOPEZ });
    await opened.see(said);
    expect(await focusOn(opened.page)).toContain(said);
    const requests = await truth.requests();
    const statusOf = (wanted: string) =>
      requests.find(({ addresses }) => addresses[0]?.address === wanted)?.status;
    expect([statusOf(LOPEZ), statusOf(HEART)]).toEqual(['revoked', 'active']);
    expect(opened.heard).toMatchObject([{ type: 'share-stopped' }]);
  }, 60_000);

  test('thinks better of it: nothing is stopped, and the focus is back where it was', async () => {
    const { opened, truth } = await begin(LOPEZ);
    await opened.press(filled(places.stopOf, { to: LOPEZ }));
    await opened.press(places.keep);
    expect(await focusOn(opened.page)).toBe(`button × ${places.stop}`);
    expect(await truth.requests()).toMatchObject([{ status: 'active' }]);
    expect(opened.network.calls('POST /revoke')).toBe(0);
  }, 60_000);

  test('stops all sharing, in two presses', async () => {
    const { opened, truth } = await begin(LOPEZ, HEART);
    await opened.press(places.all);
    await opened.see(places.allAsk);
    await opened.press(places.stop);
    await opened.see(places.none);
    expect(opened.interactions()).toBe(2);
    expect((await truth.requests()).map(({ status }) => status)).toEqual(['revoked', 'revoked']);
  }, 60_000);

  test('finds in Activity what was done in their name', async () => {
    const { opened } = await begin(LOPEZ);
    await opened.press(places.activity);
    await opened.page.getByRole('heading', { name: places.activity }).waitFor();
    expect(await focusOn(opened.page)).toBe(`h2 ${places.activity}`);
    await opened.see(LOPEZ);
    await opened.press(en.back);
    await opened.see(places.title);
  }, 60_000);

  test('changes how often: the request on record is another, and is the same one', async () => {
    const { opened, truth } = await begin(LOPEZ);
    const [before] = await truth.requests();
    await opened.press(filled(places.changeOf, { to: LOPEZ }));
    await opened.select(en.choose.often, en.often.weekly);
    await opened.press(places.save);
    await opened.see(places.saved, 5000);
    expect(await truth.requests()).toMatchObject([{ id: before?.id, frequency: 'weekly' }]);
    expect(opened.heard).toMatchObject([
      { type: 'share-changed', detail: { requestId: before?.id } },
    ]);
  }, 60_000);
});
