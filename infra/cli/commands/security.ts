import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../command.ts';
import { takesNothing } from '../command-line.ts';

const FILE = join(import.meta.dirname, '../../../docs/security.md');

/** The templates are made for it, which takes the construct library: whoever does something else does not load it. */
export const securityCommand: Command = {
  usage: 'security',
  does: 'Writes docs/security.md: every function, what it may reach, what it holds and what it never sees.',

  async run(args) {
    takesNothing(args);
    const { securityPage } = await import('../security-page.ts');
    const text = await securityPage();
    writeFileSync(FILE, text);
    const functions = text.match(/^## /gm)?.length ?? 0;
    const summary = `${functions} functions written to docs/security.md`;
    return { ok: true, lines: [], json: { functions }, summary };
  },
};
