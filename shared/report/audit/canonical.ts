/**
 * JSON with one way of writing each value: names in order, no blanks, nothing that is undefined. Texts, whole numbers and
 * what is made of them are written as RFC 8785 has it.
 */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
