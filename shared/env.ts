/** The settings a function reads from its environment, by name. */
export type EnvOf<Names extends readonly string[]> = Readonly<Record<Names[number], string>>;

/**
 * Reads all settings at once, so that one error names every one that is missing.
 *
 * @throws Error naming each missing variable, never a value
 */
export function readEnv<const Names extends readonly string[]>(
  names: Names,
  source: Readonly<Record<string, string | undefined>>,
): EnvOf<Names> {
  const missing = names.filter((name) => !source[name]);
  if (missing.length > 0) throw new Error(`Missing settings: ${missing.join(', ')}`);
  return Object.fromEntries(names.map((name) => [name, source[name]])) as EnvOf<Names>;
}
