import type { Language, Words } from '../words/words.ts';

/** A file that lies beside the script: where, and what alone may be in it (Subresource Integrity). */
type Beside = readonly [path: string, integrity: string];

/** Put in by the build: the words of each language, and the style sheet. */
declare const BESIDE: Readonly<Record<Language | 'look', Beside>>;

const ANSWER_WITHIN_MS = 20_000;

/** @throws TypeError when it does not come, or is another than this script was built with */
function read(which: keyof typeof BESIDE): Promise<Response> {
  const [path, integrity] = BESIDE[which];
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  return fetch(new URL(path, import.meta.url), { integrity, signal });
}

/** The style sheet of all elements; empty until it has come. */
export const LOOK = new CSSStyleSheet();

/** The words of a language, when the look is there as well. */
export async function wordsBeside(language: Language): Promise<Words> {
  const [words] = await Promise.all([read(language), dress()]);
  return (await words.json()) as Words;
}

async function dress(): Promise<void> {
  if (LOOK.cssRules.length > 0) return;
  LOOK.replaceSync(await (await read('look')).text());
}
