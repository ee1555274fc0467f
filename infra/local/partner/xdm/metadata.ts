import { SaxesParser } from 'saxes';

/** A DocumentEntry as METADATA.XML describes it. */
export interface ExtrinsicObject {
  readonly mimeType: string;
  readonly uri: string;
  readonly sizeBytes: number;
  readonly sha1: string;
}

interface Open {
  readonly mimeType: string;
  readonly slots: Map<string, string>;
}

/** All DocumentEntries, in their order; what is not well-formed ends the list. */
export function readExtrinsicObjects(metadata: string): readonly ExtrinsicObject[] {
  const found: ExtrinsicObject[] = [];
  const parser = new SaxesParser({ xmlns: true });
  let open: Open | undefined;
  let slot: string | undefined;
  let text = '';

  parser.on('opentag', ({ local, attributes }) => {
    const attribute = (name: string): string => attributes[name]?.value ?? '';
    if (local === 'ExtrinsicObject') open = { mimeType: attribute('mimeType'), slots: new Map() };
    if (local === 'Slot') slot = attribute('name');
    text = '';
  });
  parser.on('text', (more) => {
    text += more;
  });
  parser.on('closetag', ({ local }) => {
    if (local === 'Value' && slot !== undefined) open?.slots.set(slot, text.trim());
    if (local === 'Slot') slot = undefined;
    if (local === 'ExtrinsicObject' && open) {
      found.push(asObject(open));
      open = undefined;
    }
  });
  try {
    parser.write(metadata).close();
  } catch {
    return found;
  }
  return found;
}

const asObject = ({ mimeType, slots }: Open): ExtrinsicObject => ({
  mimeType,
  uri: slots.get('URI') ?? '',
  sizeBytes: Number(slots.get('size') ?? Number.NaN),
  sha1: slots.get('hash') ?? '',
});
