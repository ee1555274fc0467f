import type { Page } from 'playwright-core';

/** What a screen has to hold that axe does not look at. Each gives what is wrong, a line each. */

/** WCAG 2.2 1.4.10: what stands beyond the right edge, at whatever width. */
export const sidewaysOn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const inside = document.querySelector('share-with-direct')?.shadowRoot?.querySelectorAll('*');
    const all = [...document.body.querySelectorAll('*'), ...(inside ?? [])];
    const beyond = all.filter((element) => {
      const { right, width, height } = element.getBoundingClientRect();
      return width > 1 && height > 1 && right > clientWidth + 1;
    });
    return [
      ...(scrollWidth > clientWidth ? [`${scrollWidth} px wide in ${clientWidth}`] : []),
      ...beyond.map((element) => `beyond the edge: ${element.outerHTML.slice(0, 80)}`),
    ];
  });

/** WCAG 2.2 2.5.8: targets under 24 by 24 CSS pixels. A label counts to its box. */
export const smallTargetsOn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const roots = [document, document.querySelector('share-with-direct')?.shadowRoot];
    const targets = roots.flatMap((root) => [
      ...(root?.querySelectorAll<HTMLElement>('a, button, input, select, summary, textarea') ?? []),
    ]);
    return targets
      .filter((target) => target.checkVisibility())
      .map((target) => ({ target, at: target.getBoundingClientRect() }))
      .filter(({ at }) => at.width < 24 || at.height < 24)
      .map(({ target, at }) => `${at.width} by ${at.height}: ${target.outerHTML.slice(0, 80)}`);
  });

/** One stop of the Tab key. */
export interface Stop {
  readonly what: string;
  readonly top: number;
  readonly bottom: number;
  /** Why whoever follows the focus with the eye would not see it here. */
  readonly unseen?: string;
}

/** Where the Tab key leads, from the top of the page to its end. */
export async function stopsOn(page: Page): Promise<readonly Stop[]> {
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    window.scrollTo(0, 0);
    getSelection()?.removeAllRanges();
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
  const stops: Stop[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await stopOn(page);
    if (!stop) return stops;
    stops.push(stop);
    if (stops.length > 100) throw new Error('The focus goes round in a circle');
  }
}

const stopOn = (page: Page): Promise<Stop | undefined> =>
  page.evaluate(() => {
    const component = document.querySelector('share-with-direct')?.shadowRoot;
    const focused = component?.activeElement ?? document.activeElement;
    if (!focused || focused === document.body) return undefined;
    const root = focused.getRootNode() as Document | ShadowRoot;
    const { top, bottom, left, right, width, height } = focused.getBoundingClientRect();
    const look = getComputedStyle(focused);
    const isRinged = look.outlineStyle !== 'none' && Number.parseFloat(look.outlineWidth) >= 2;
    const isInView = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
    const above = root.elementFromPoint(
      left + width / 2,
      Math.min(Math.max(top + height / 2, 1), innerHeight - 1),
    );
    const isCovered = above !== null && !focused.contains(above) && !above.contains(focused);
    const unseen = !isRinged
      ? 'no ring'
      : !isInView
        ? 'out of view'
        : isCovered
          ? `behind ${above.outerHTML.slice(0, 60)}`
          : undefined;
    return {
      what: focused.outerHTML.slice(0, 80),
      top: top + scrollY,
      bottom: bottom + scrollY,
      ...(unseen !== undefined && { unseen }),
    };
  });

/** WCAG 2.2 2.4.3, 2.4.7 and 2.4.11: stops that cannot be seen, and jumps back up. */
export async function focusFaultsOn(page: Page): Promise<readonly string[]> {
  const stops = await stopsOn(page);
  if (stops.length === 0) return ['no stop at all'];
  return stops.flatMap(({ what, bottom, unseen }, index) => {
    const before = stops[index - 1];
    return [
      ...(unseen === undefined ? [] : [`${unseen}: ${what}`]),
      ...(before && bottom <= before.top ? [`goes back up to ${what}`] : []),
    ];
  });
}

/** What has the focus, as a person would call it: `h2 Share with Direct`. */
export const focusOn = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const focused = document.querySelector('share-with-direct')?.shadowRoot?.activeElement;
    return focused ? `${focused.localName} ${focused.textContent?.trim() ?? ''}`.trim() : 'nothing';
  });

/** Texts that are cut off where somebody needs wider spacing between letters, words and lines: WCAG 2.2 1.4.12. */
export const cutOffWhenSpaced = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const root = document.querySelector('share-with-direct')?.shadowRoot;
    if (!root) return ['no component'];
    const spaced = new CSSStyleSheet();
    spaced.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }',
    );
    const before = [...root.adoptedStyleSheets];
    root.adoptedStyleSheets = [...before, spaced];
    const cut = [...root.querySelectorAll<HTMLElement>('*')].filter(
      (element) =>
        !element.classList.contains('unseen') &&
        getComputedStyle(element).overflow !== 'visible' &&
        !element.matches('input, select') &&
        element.scrollHeight > element.clientHeight + 1 &&
        getComputedStyle(element).overflowY === 'hidden',
    );
    root.adoptedStyleSheets = before;
    return cut.map((element) => element.outerHTML.slice(0, 80));
  });

/** What assistive technology is given: role and name of all that has both, in order. Playwright does not see what an element says of itself. */
export async function spokenOn(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes
    .filter(({ ignored, name }) => !ignored && name?.value)
    .map(({ role, name }) => `${role?.value} ${name?.value}`);
}
