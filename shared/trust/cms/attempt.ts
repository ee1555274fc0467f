/** For node:crypto, which throws at keys and bytes that do not fit: here that is an answer and no error. */
export function attempt<T>(calculate: () => T): T | undefined {
  try {
    return calculate();
  } catch {
    return undefined;
  }
}
