import type * as z from 'zod';
import { CommandError } from '../command.ts';

/** The request of a line. @throws CommandError that names the fields that are wrong, and not what stands in them */
export function requestIn<T>(form: z.ZodType<T>, line: unknown): T {
  const request = form.safeParse(line);
  if (request.success) return request.data;
  const fields = new Set(request.error.issues.map(({ path }) => path.join('.') || 'the request'));
  throw new CommandError(`wrong or missing: ${[...fields].join(', ')}`);
}
