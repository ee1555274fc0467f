import { BLOCKS, codeSpansOf, PAGES, type Block } from './pages.ts';
import { commandsIn, type Words } from './shell.ts';

/** A command as a page shows it. */
export interface Shown {
  readonly where: string;
  readonly words: Words;
}

const SHELLS = ['sh', 'bash', 'console'];
/** A block without a language is of commands when it begins with one that only commands begin with. */
const BEGINS = /^(npm|npx|aws|git|openssl|dig|knotc|knotd|rndc|named-checkzone) /;

const isScript = ({ info: [language], text }: Block): boolean =>
  language === undefined ? BEGINS.test(text.trimStart()) : SHELLS.includes(language);

/** What somebody would type of it: in a console, the lines behind the prompt. */
export const scriptOf = ({ info: [language], text }: Block): string =>
  language === 'console'
    ? text
        .split('\n')
        .filter((line) => line.startsWith('$ '))
        .map((line) => line.slice(2))
        .join('\n')
    : text;

export const SCRIPTS: readonly Block[] = BLOCKS.filter(isScript);

const inBlocks = SCRIPTS.flatMap((block) =>
  commandsIn(scriptOf(block)).map((words) => ({ where: `${block.page}:${block.line}`, words })),
);

/** Within lines, commands are those of npm, and of our tool by its own name. */
const inLines = PAGES.flatMap((page) =>
  codeSpansOf(page)
    .filter((code) => /^(npm|npx|aws) |^transmit [a-z]/.test(code))
    .flatMap((code) => commandsIn(code.replaceAll(/(?<=\w)\|(?=\w)/g, '/')))
    .map((words) => ({ where: page, words })),
);

/** Brackets stand around what may be left out. */
const whole = ({ where, words }: Shown): Shown => ({
  where,
  words: words.map((word) => word.replace(/^\[(?=-)|(?<=.)\]$/g, '')),
});

export const SHOWN: readonly Shown[] = [...inBlocks, ...inLines].map(whole);

export const shownAs = (program: string): readonly Shown[] =>
  SHOWN.filter(({ words }) => words[0] === program);

/** What follows `npm run [-s] NAME --`; of `npm start` and `npm test` too. */
export function npmScript(words: Words): { script: string; args: Words } {
  const [, ...rest] = words.filter((word) => word !== '-s');
  const [script = '', ...more] = rest[0] === 'run' ? rest.slice(1) : rest;
  return { script, args: more[0] === '--' ? more.slice(1) : more };
}

/** Every call of our own tool, without the words that lead to it. */
export const TRANSMIT: readonly Shown[] = SHOWN.flatMap(({ where, words }) => {
  if (words[0] === 'transmit') return [{ where, words: words.slice(1) }];
  const { script, args } = words[0] === 'npm' ? npmScript(words) : { script: '', args: [] };
  return script === 'transmit' ? [{ where, words: args }] : [];
});
