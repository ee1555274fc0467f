import type { Check } from '../check.ts';
import { doubtful, NotHere, well, wrong } from '../finding.ts';

const DOUBTFUL_SECONDS = 60;
/** Beyond it AWS takes no signature of ours, and tokens and certificates are judged at another time. */
const WRONG_SECONDS = 300;

const FIX = 'Set the clock of this machine by NTP; Lambda sets its own.';

/** Whether this machine has the time that AWS has: all other times here are judged by it. */
export const clock: Check = {
  name: 'clock',
  async look({ config, deployed, now }, within) {
    const region = config.deployment.region ?? process.env['AWS_REGION'] ?? 'us-east-1';
    const url = deployed.clock ?? `https://sts.${region}.amazonaws.com/`;
    const theirs = await dateOf(url, within);
    const seconds = Math.round(Math.abs(now().getTime() - theirs) / 1000);
    const says = `${seconds} s from the time that ${new URL(url).hostname} has.`;
    if (seconds > WRONG_SECONDS) return [wrong(says, FIX)];
    return [seconds > DOUBTFUL_SECONDS ? doubtful(says, FIX) : well(says)];
  },
};

async function dateOf(url: string, within: AbortSignal): Promise<number> {
  const signal = AbortSignal.any([within, AbortSignal.timeout(8000)]);
  const answer = await fetch(url, { method: 'HEAD', redirect: 'manual', signal }).catch(() => undefined); // prettier-ignore
  const date = Date.parse(answer?.headers.get('date') ?? '');
  if (Number.isNaN(date)) {
    throw new NotHere(`Nothing says the time at ${new URL(url).hostname}.`, 'Look from a machine that reaches AWS by HTTPS.'); // prettier-ignore
  }
  return date;
}
