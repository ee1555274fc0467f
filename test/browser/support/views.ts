import type { Page } from 'playwright-core';

/** Ways in which somebody may look at the same screen, in CSS pixels. */
export interface View {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly forcedColors?: true;
}

/** A window of 1280 by 1024 where each thing is four times as wide. */
export const ZOOMED: View = { name: '400 %', width: 320, height: 256 };

export const VIEWS: readonly View[] = [
  { name: 'desktop', width: 1280, height: 900 },
  { name: '320 px', width: 320, height: 640 },
  ZOOMED,
  { name: 'forced colors', width: 1280, height: 900, forcedColors: true },
];

/** The same page as it stands, looked at otherwise: nothing is loaded again, nothing typed is lost. */
export async function lookAt(page: Page, { width, height, forcedColors }: View): Promise<void> {
  await page.emulateMedia({ forcedColors: forcedColors ? 'active' : 'none' });
  await page.setViewportSize({ width, height });
  const seen = await page.evaluate(
    () =>
      new Promise<number>((drawn) => {
        requestAnimationFrame(() => drawn(innerWidth));
      }),
  );
  if (seen !== width) throw new Error(`The window is ${seen} wide instead of ${width}`);
}
