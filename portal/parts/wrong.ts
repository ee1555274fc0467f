/**
 * Moves the focus to the first field that says what is wrong with it, out of what hides it.
 *
 * @returns whether there is any
 */
export function goToWrong(fields: Element | null): boolean {
  const wrong = fields?.querySelector<HTMLInputElement>(
    '[aria-invalid] input, input[aria-invalid], input:invalid',
  );
  wrong?.closest('details')?.setAttribute('open', '');
  // Left and come back to, it says also what is half typed.
  wrong?.blur();
  wrong?.focus();
  return Boolean(wrong);
}
