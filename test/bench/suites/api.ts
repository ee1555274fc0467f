import { startLocalSystem } from '../../../infra/local/local-system.ts';
import { missing } from '../../support/present.ts';
import { startLoader, type Loader } from '../api/loader.ts';
import { mixFor } from '../api/mix.ts';
import { API_CASES } from '../cases.ts';
import { seriesOf, type Measured } from '../results.ts';
import type { MeasureSuite, Session } from '../session.ts';

/** Of each step, in seconds; a hurry takes half. */
const STEP = 6;
const WARM_UP = { callers: 8 };
const RAMP = [2, 4, 8, 16, 32, 64] as const;
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

interface Pressed {
  readonly one: number;
  readonly half: number;
  readonly most: number;
  readonly fifty: number;
  readonly errors: number;
}

async function pressed(loader: Loader, { quick, say, run }: Session): Promise<Pressed> {
  const seconds = quick ? STEP / 2 : STEP;
  let errors = 0;
  const press = async (name: string, ...order: Parameters<Loader['press']>) => {
    const result = await loader.press(...order);
    const perSecond = result.answered / result.seconds;
    const failed = result.errors > 0 ? `, ${result.errors} failed: ${result.firstError}` : '';
    const p95 = result.p95Milliseconds.toFixed(1);
    say(`api, run ${run}: ${name}, ${perSecond.toFixed(0)} calls a second, p95 ${p95} ms${failed}`);
    errors += result.errors;
    return { perSecond, p95: result.p95Milliseconds };
  };
  await press('warm-up', WARM_UP, 2 * seconds);
  const one = await press('one caller', { callers: 1 }, seconds);
  let most = 0;
  for (const callers of RAMP) {
    const { perSecond } = await press(`${callers} callers`, { callers }, seconds);
    most = Math.max(most, perSecond);
  }
  const fifty = await press('50 callers', { callers: 50 }, 2 * seconds);
  const half = await press('half of the most', { perSecond: most / 2 }, 2 * seconds);
  return { one: one.p95, half: half.p95, most, fifty: fifty.perSecond, errors };
}

/** @param found nothing where nothing could be measured */
function measuredIn({ run }: Session, found: Partial<Pressed>): readonly Measured[] {
  const series = (...names: readonly (keyof Pressed)[]): Measured['contestants'] =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = found[name];
        return value === undefined ? [] : [[name, seriesOf([value])]];
      }),
    );
  return [
    { suite: 'api', case: API_CASES.half, run, unit: 'ms', contestants: series('one', 'half') },
    { suite: 'api', case: API_CASES.fifty, run, unit: '/s', contestants: series('most', 'fifty') },
    { suite: 'api', case: API_CASES.errors, run, unit: 'calls', contestants: series('errors') },
  ];
}
