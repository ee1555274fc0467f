import { FAILURES, type FailureRule } from '../../shared/failures.ts';
import { PATH } from '../../shared/path.ts';

/** The page `docs/failures.md`, word for word: what each code means, who acts, and how. */
export function failuresPage(): string {
  const sections = ['edge', ...PATH].flatMap((step) => {
    const rows = Object.entries(FAILURES as Record<string, FailureRule>)
      .filter(([code]) => code.startsWith(`${step}/`))
      .map(([code, rule]) => rowOf(code, rule));
    return rows.length === 0 ? [] : [`## ${step}\n\n${HEAD}\n${rows.join('\n')}`];
  });
  return `${INTRODUCTION}\n\n${sections.join('\n\n')}\n`;
}

const INTRODUCTION = `# Failure codes

Generated from \`shared/failures.ts\` by \`npm run transmit -- failures\`; a test compares the two. The first word of a
code is the folder to open. "Again" says whether the same attempt may succeed later by itself.`;

const HEAD = `| code | HTTP | again | what it means | who acts | what to do |
|---|---|---|---|---|---|`;

const rowOf = (code: string, { status, retry, says, actor, remedy }: FailureRule): string =>
  `| \`${code}\` | ${status} | ${retry ? 'yes' : 'no'} | ${says} | ${actor} | ${remedy} |`;
