import { done, fail, type Outcome } from '../../../outcome.ts';
import { checkJsonBounds } from '../../../record/kinds/json-bounds.ts';
import { SearchAnswer, type Resource } from './resources.ts';

/** One page of what a search found. */
export interface Page {
  readonly resources: readonly Resource[];
  /** As the server wrote it. */
  readonly next: string | undefined;
}

/** @failure discover/places-malformed it is no answer to a search */
export function readPage(bytes: Uint8Array): Outcome<Page> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!checkJsonBounds(text).ok) return fail('discover/places-malformed');
    const read = SearchAnswer.safeParse(JSON.parse(text));
    return read.success ? done(read.data) : fail('discover/places-malformed');
  } catch {
    return fail('discover/places-malformed');
  }
}
