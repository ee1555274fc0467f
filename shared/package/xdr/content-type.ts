/** A Content-Type with its parameters, names in lower case. */
export interface ContentType {
  /** In lower case. */
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const TYPE = /^\s*([a-z0-9.+-]+\/[a-z0-9.+-]+)\s*(?=;|$)/i;
/** Values in the field stand without quotation marks even where RFC 2045 wants them. */
const PARAMETER = /\s*;\s*([a-z0-9._-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))\s*(?=;|$)/iy;

/** @returns undefined when it is of another form, or says anything twice */
export function readContentType(text: string): ContentType | undefined {
  const [head, value = ''] = TYPE.exec(text) ?? [];
  if (head === undefined) return undefined;
  const parameters = new Map<string, string>();
  let at = head.length;
  while (at < text.length) {
    PARAMETER.lastIndex = at;
    const [whole, name = '', quoted, bare = ''] = PARAMETER.exec(text) ?? [];
    if (whole === undefined) return /^\s*;?\s*$/.test(text.slice(at)) ? found() : undefined;
    if (parameters.has(name.toLowerCase())) return undefined;
    parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare);
    at += whole.length;
  }
  return found();

  function found(): ContentType {
    return { value: value.toLowerCase(), parameters };
  }
}

/** XML is UTF-8 or says what it is itself. */
export const isUtf8 = ({ parameters }: ContentType): boolean =>
  (parameters.get('charset') ?? 'utf-8').toLowerCase() === 'utf-8';
