import { startLocalSystem } from '../../../infra/local/local-system.ts';
import { missing } from '../../support/present.ts';
import { startLoader, type Loader } from '../api/loader.ts';
import { mixFor } from '../api/mix.ts';
import type { Pressure } from '../api/protocol.ts';
import { API_CASES } from '../cases.ts';
import { median } from '../ratios.ts';
import { seriesOf, type Measured } from '../results.ts';
import type { MeasureSuite, Session } from '../session.ts';

/** Of each step, in seconds; a hurry takes half. */
const STEP = 3;
const WARM_UP = { callers: 8 };
const RAMP = [2, 4, 8, 16, 32, 50] as const;
/** The steps take turns, so that a machine that is busy for a while is it for all of them. */
const ROUNDS = 3;
/** A limit of the API that the load is not to meet. */
const NO_QUOTA = 100_000;

/** How the API of the local system answers when many ask. Without Java there is no local system, and nothing is measured. */
export const api: MeasureSuite = async (session) => {
  if (missing(['java']).length > 0) {
    session.say('api: there is no java, and so no local system');
    return measuredIn(session, {});
  }
  const kinds = ['patient', 'representative', 'provider', 'system', 'admin'] as const;
  const requestsPerMinute = Object.fromEntries(kinds.map((kind) => [kind, NO_QUOTA]));
  const system = await startLocalSystem({ settings: { api: { requestsPerMinute } } });
  try {
    const loader = startLoader(await mixFor(system));
    try {
      return measuredIn(session, await pressed(loader, session));
    } finally {
      loader.close();
    }
  } finally {
    await system.close();
  }
};

type Pressed = Readonly<Record<'one' | 'half' | 'most' | 'fifty' | 'errors', readonly number[]>>;

async function pressed(loader: Loader, { quick, say, run }: Session): Promise<Pressed> {
  const seconds = quick ? STEP / 2 : STEP;
  let errors = 0;
  const press = async (name: string, pressure: Pressure) => {
    const result = await loader.press(pressure, seconds);
    const perSecond = result.answered / result.seconds;
    const failed = result.errors > 0 ? `, ${result.errors} failed: ${result.firstError}` : '';
    const p95 = result.p95Milliseconds.toFixed(1);
    say(`api, run ${run}: ${name}, ${perSecond.toFixed(0)} calls a second, p95 ${p95} ms${failed}`);
    errors += result.errors;
    return { perSecond, p95: result.p95Milliseconds };
  };
  for (let turn = 0; turn < ROUNDS; turn += 1) await press('warm-up', WARM_UP);

  const ramp = await inTurns(RAMP, async (callers) => {
    const { perSecond } = await press(`${callers} callers`, { callers });
    return perSecond;
  });
  const most = Math.max(...[...ramp.values()].map(median));
  const [one = [], half = []] = (
    await inTurns([{ callers: 1 }, { perSecond: most / 2 }], async (pressure) => {
      const { p95 } = await press('callers' in pressure ? 'one caller' : 'half', pressure);
      return p95;
    })
  ).values();
  const fifty = [median(ramp.get(50) ?? [])];
  return { one, half, most: [most], fifty, errors: [errors] };
}

/** Each of them once in each round. */
async function inTurns<T>(
  each: readonly T[],
  measured: (one: T) => Promise<number>,
): Promise<ReadonlyMap<T, readonly number[]>> {
  const found = new Map<T, number[]>(each.map((one) => [one, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const one of each) found.get(one)?.push(await measured(one));
  }
  return found;
}

/** @param found nothing where nothing could be measured */
function measuredIn({ run }: Session, found: Partial<Pressed>): readonly Measured[] {
  const series = (...names: readonly (keyof Pressed)[]): Measured['contestants'] =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = found[name];
        return value === undefined ? [] : [[name, seriesOf(value)]];
      }),
    );
  return [
    { suite: 'api', case: API_CASES.half, run, unit: 'ms', contestants: series('one', 'half') },
    { suite: 'api', case: API_CASES.fifty, run, unit: '/s', contestants: series('most', 'fifty') },
    { suite: 'api', case: API_CASES.errors, run, unit: 'calls', contestants: series('errors') },
  ];
}
