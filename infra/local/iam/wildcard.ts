/** Whether a text is one that a pattern of IAM means: `*` stands for any characters, `?` for one. */
export function isMeant(pattern: string, text: string): boolean {
  const source = pattern.replace(/[\\^$.+()|[\]{}]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.'); // prettier-ignore
  return new RegExp(`^${source}$`, 's').test(text);
}

/** Actions are the same in capitals or not. */
export const isMeantAction = (pattern: string, action: string): boolean =>
  isMeant(pattern.toLowerCase(), action.toLowerCase());
