import { setTimeout as sleep } from 'node:timers/promises';
import type { Page, Request, Route } from 'playwright-core';

/** Of the API: the method, and how its path ends: `POST /consents`. */
export type RouteEnd = `${'GET' | 'POST' | 'PUT' | 'PATCH'} /${string}`;

/** The network between a page and the API: what went over it, and what is wrong with it. */
export interface Network {
  /** How often the page called, also in vain. */
  calls(route: RouteEnd): number;
  /** Every call from now on takes longer by this. */
  slow(milliseconds: number): Promise<void>;
  /** From now on nothing gets through. @param route that alone */
  down(route?: RouteEnd): Promise<void>;
  /** All is well again. */
  up(): void;
  /** The next such calls reach the API, and their answers do not come back. @param times @default 1 */
  loseAnswer(route: RouteEnd, times?: number): Promise<void>;
  /** The next such call is answered so, and never reaches the API. */
  answerInstead(route: RouteEnd, status: number, body: object): Promise<void>;
}

type Fault = (route: Route, request: Request) => Promise<void> | undefined;

export function networkOf(page: Page, apiUrl: string): Network {
  const seen: Request[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(apiUrl) && request.method() !== 'OPTIONS') seen.push(request);
  });
  let faults: Fault[] = [];
  let isBetween = false;
  const put = async (fault: Fault): Promise<void> => {
    faults.push(fault);
    // As long as nobody asks for a fault nobody stands in between, and the API itself answers preflights.
    if (!isBetween) await page.route(`${apiUrl}/**`, (route, request) => pass(route, request));
    isBetween = true;
  };
  const pass = async (route: Route, request: Request): Promise<void> => {
    for (const fault of faults) {
      const met = fault(route, request);
      if (met) return met.catch(() => undefined);
    }
    await route.continue().catch(() => undefined);
  };
  return {
    calls: (end) => seen.filter((request) => isOf(request, end)).length,
    slow: (milliseconds) =>
      put((route) => sleep(milliseconds, undefined, { ref: false }).then(() => route.continue())),
    down: (end) =>
      put((route, request) =>
        end === undefined || isOf(request, end) ? route.abort('connectionrefused') : undefined,
      ),
    up: () => {
      faults = [];
    },
    loseAnswer: (end, times = 1) => {
      let left = times;
      return put((route, request) => {
        if (!isOf(request, end) || left === 0) return undefined;
        left--;
        return route.fetch().then(() => route.abort('connectionreset'));
      });
    },
    answerInstead: (end, status, body) => {
      let left = 1;
      return put((route, request) => {
        if (!isOf(request, end) || left === 0) return undefined;
        left--;
        return route.fulfill({
          status,
          json: body,
          headers: { 'access-control-allow-origin': '*' },
        });
      });
    },
  };
}

const isOf = (request: Request, end: RouteEnd): boolean => {
  const [method, path = ''] = end.split(' ');
  return request.method() === method && new URL(request.url()).pathname.endsWith(path);
};
