/** Far more than the partners of one data holder. */
const MOST_KEPT = 1000;

/** Reads what is asked for again and again only once; what could not be read is tried again. */
export function kept<Names extends readonly string[], T>(
  read: (...names: Names) => Promise<T>,
): (...names: Names) => Promise<T> {
  const values = new Map<string, Promise<T>>();
  return async (...names) => {
    const key = JSON.stringify(names);
    const known = values.get(key);
    if (known) return known;
    if (values.size >= MOST_KEPT) values.clear();
    const value = read(...names);
    values.set(key, value);
    value.catch(() => values.delete(key));
    return value;
  };
}
