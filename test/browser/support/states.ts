import { filled, type Words } from '../../../portal/words/words.ts';
import type { Opened } from './opened.ts';
import type { Portal } from './portal.ts';
import { standingOrder } from './truth.ts';
import { patientUser, providerUser, representativeUser, type User } from './users.ts';
import { patientWalk, toChoose } from './walk.ts';

export const LOPEZ = 'dr.lopez@direct.example.net';
export const HEART = 'intake@direct.example.net';
export const NOBODY = 'nobody@elsewhere.example.net';
/** With a Cyrillic letter, as it goes over the wire. */
export const ALIKE = 'dr.lopez@direct.xn--exmple-4nf.net';

/** A screen as somebody may find it. */
export interface State {
  readonly name: string;
  /** @default patient */
  readonly user?: User['kind'];
  /** Standing orders of before. */
  readonly orders?: readonly string[];
  /** From the first screen to this one. */
  readonly reach: (opened: Opened, words: Words) => Promise<void>;
}

/** A page in this state, about a patient of its own. */
export async function openIn(portal: Portal, state: State, lang: 'en' | 'es', words: Words) {
  const patient = await portal.patient();
  const { orders = [], user = 'patient' } = state;
  const caller = await portal.apiAs(patientUser(patient));
  for (const address of orders) await standingOrder(caller, patient, address);
  const who = { patient: patientUser, provider: providerUser, representative: representativeUser };
  const opened = await portal.open({ user: who[user](patient), lang });
  await state.reach(opened, words);
  return opened;
}

const typed =
  (address: string, says: (words: Words) => string): State['reach'] =>
  async (opened, words) => {
    await toChoose(opened, words);
    await patientWalk(opened, words).address(address);
    await opened.page.keyboard.press('Tab');
    await opened.see(says(words));
  };

const sharedWith =
  (address: string, end: 'delivered' | 'failed'): State['reach'] =>
  async (opened, words) => {
    await toChoose(opened, words);
    const walk = patientWalk(opened, words);
    await walk.address(address);
    await walk.share();
    await opened.see(words.copies.status[end], 30_000);
  };

const PATIENT: readonly State[] = [
  { name: 'home', reach: ({ see }, { places }) => see(places.none) },
  {
    name: 'home-acting',
    user: 'representative',
    reach: ({ see }, words) => see(filled(words.acting, { name: 'Ana Lucía Rivera' })),
  },
  { name: 'home-trouble', reach: troubleAtHome },
  { name: 'terms', reach: seeTerms },
  {
    name: 'terms-unsigned',
    reach: async (opened, words) => {
      await seeTerms(opened, words);
      await opened.press(words.terms.agree);
      await opened.see(words.terms.nameWrong);
    },
  },
  {
    name: 'terms-signed',
    reach: async (opened, words) => {
      await toChoose(opened, words);
      await opened.press(words.back);
      await opened.press(words.home.share);
      await opened.see(words.terms.next);
    },
  },
  {
    name: 'declined',
    reach: async (opened, words) => {
      await seeTerms(opened, words);
      await opened.press(words.terms.decline);
      // The terms say it too, in other words.
      await opened.page.getByRole('heading', { name: words.terms.declined }).waitFor();
    },
  },
  { name: 'choose', reach: toChoose },
  {
    name: 'choose-found',
    reach: async (opened, words) => {
      await toChoose(opened, words);
      await opened.fill(words.choose.find, 'portland');
      await opened.see('Portland Heart Center');
    },
  },
  {
    name: 'choose-reachable',
    reach: typed(LOPEZ, ({ choose }) => filled(choose.belongs, { name: 'Partner Clinic' })),
  },
  { name: 'choose-wrong', reach: typed('dr.lopez at clinic', ({ choose }) => choose.noAt) },
  { name: 'choose-alike', reach: typed(ALIKE, ({ choose }) => choose.alike.split('{')[0] ?? '') },
  {
    name: 'choose-stopped',
    reach: async (opened, words) => {
      await toChoose(opened, words);
      const walk = patientWalk(opened, words);
      await walk.address(LOPEZ);
      await walk.another();
      await walk.address(NOBODY, 2);
      await walk.share();
      await opened.page.locator('[aria-invalid=true]:focus').waitFor();
    },
  },
  {
    name: 'choose-more',
    reach: async (opened, words) => {
      await toChoose(opened, words);
      await opened.press(words.choose.more);
      await opened.select(words.choose.often, words.often.weekly);
      await opened.fill(words.choose.until, '2020-01-31');
      await opened.see(words.choose.over);
    },
  },
  { name: 'sent-delivered', reach: sharedWith(HEART, 'delivered') },
  { name: 'sent-failed', reach: sharedWith('failed@direct.example.net', 'failed') },
  { name: 'places', orders: [LOPEZ, HEART], reach: ({ see }) => see(LOPEZ) },
  {
    name: 'places-stop',
    orders: [LOPEZ, HEART],
    reach: async ({ press, see }, { places }) => {
      await press(filled(places.stopOf, { to: LOPEZ }));
      await see(filled(places.stopAsk, { to: LOPEZ }));
    },
  },
  {
    name: 'places-stopped',
    orders: [LOPEZ, HEART],
    reach: async ({ press, see }, { places }) => {
      await press(filled(places.stopOf, { to: LOPEZ }));
      await press(places.stop);
      await see(filled(places.stopped, { to: LOPEZ }));
    },
  },
  {
    name: 'change',
    orders: [LOPEZ],
    reach: async ({ press, see }, { places, choose }) => {
      await press(filled(places.changeOf, { to: LOPEZ }));
      await see(choose.often);
    },
  },
  {
    name: 'activity',
    orders: [LOPEZ],
    reach: async ({ press, see }, { places }) => {
      await press(places.activity);
      await see(LOPEZ);
    },
  },
];

const PROVIDER: readonly State[] = [
  { name: 'chart', user: 'provider', orders: [LOPEZ], reach: ({ see }) => see(LOPEZ) },
  { name: 'chart-add', user: 'provider', reach: toAdd },
  {
    name: 'chart-add-unsaid',
    user: 'provider',
    reach: async (opened, words) => {
      await toAdd(opened, words);
      await opened.press(words.provider.record);
      await opened.see(words.provider.pick);
    },
  },
  {
    name: 'chart-declined',
    user: 'provider',
    reach: async (opened, words) => {
      await answerInWriting(opened, words, 'rejected');
      await opened.see(words.provider.declined);
    },
  },
  {
    name: 'chart-sent',
    user: 'provider',
    reach: async (opened, words) => {
      await answerInWriting(opened, words, 'accepted');
      await opened.fill(words.choose.address, LOPEZ);
      await opened.press(words.choose.share);
      await opened.see(words.copies.status.delivered, 30_000);
    },
  },
];

/** Every screen, in every state that looks otherwise. */
export const STATES: readonly State[] = [...PATIENT, ...PROVIDER];

async function answerInWriting(
  opened: Opened,
  words: Words,
  decision: 'accepted' | 'rejected',
): Promise<void> {
  await toAdd(opened, words);
  await opened.press(words.provider.decision[decision]);
  await opened.press(words.provider.method.written);
  await opened.press(words.provider.identity.known);
  await opened.press(words.provider.record);
}

async function troubleAtHome({ page, network, see }: Opened, words: Words): Promise<void> {
  await network.down();
  await page.reload();
  await see(words.trouble.again, 15_000);
}

async function seeTerms({ press, see }: Opened, { home, terms }: Words): Promise<void> {
  await press(home.share);
  await see(terms.name);
}

async function toAdd({ press, see }: Opened, { provider }: Words): Promise<void> {
  await press(provider.add);
  await see(provider.answer);
}
