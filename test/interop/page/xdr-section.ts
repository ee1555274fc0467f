import { XDR_CASES } from '../support/xdr.ts';
import { REFUSAL_CASES } from '../xdr/refusal-cases.ts';
import { toldTable } from './told-section.ts';

/** A table for each group; of what is refused in the reader's own tests only how much there is of it. */
export async function xdrSection(): Promise<string> {
  const parts: string[] = [];
  for (const [title, cases] of Object.entries(XDR_CASES)) {
    parts.push(`### XDR: ${title}`, await toldTable(['case', 'what comes of it'], cases));
  }
  const kinds = [...new Set(REFUSAL_CASES.map(({ about }) => about))].map((kind) => {
    const count = REFUSAL_CASES.filter(({ about }) => about === kind).length;
    return `${count} about ${kind}`;
  });
  return [...parts, `Refused beside these: ${kinds.join(', ')}.`].join('\n\n');
}
