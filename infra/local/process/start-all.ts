interface Closable {
  readonly close: () => Promise<void>;
}

/** Several things that started at once, by name, and one way to close them all. */
export interface Started<Things> extends Closable {
  readonly values: Things;
}

/**
 * Waits for several things that are starting at once. When one of them fails, those that did start are closed again
 * before the failure is thrown: nothing is left behind.
 */
export async function startAll<Things extends Record<keyof Things, Closable>>(starting: {
  readonly [Name in keyof Things]: Promise<Things[Name]>;
}): Promise<Started<Things>> {
  const settled = await Promise.allSettled(Object.values<Promise<Closable>>(starting));
  const started = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const close = async (): Promise<void> => {
    await Promise.all(started.map((each) => each.close()));
  };
  const failed = settled.find((each) => each.status === 'rejected');
  if (failed) {
    await close();
    throw failed.reason;
  }
  const values = Object.fromEntries(Object.keys(starting).map((name, at) => [name, started[at]]));
  return { values: values as Things, close };
}
