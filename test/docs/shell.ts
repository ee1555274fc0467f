/** One command of a script: its words without their quotes. */
export type Words = readonly string[];

/** What parts one command from the next. */
const BETWEEN = new Set(['\n', ';', '|', '&', '(', ')']);

/**
 * The commands of a shell script, those in substitutions among them, as far as pages write them: quotes, continued
 * lines, pipes, lists, comments, here-documents. Assignments before a command and redirections are no words of it.
 */
export function commandsIn(script: string): readonly Words[] {
  const found: string[][] = [];
  let words: string[] = [];
  let word: string | undefined;
  const text = withoutHereDocuments(script).replaceAll('\\\n', ' ');
  const endWord = (): void => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  const endCommand = (): void => {
    endWord();
    if (words.length > 0) found.push(words);
    words = [];
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === '#' && word === undefined) at = endOf(text, '\n', at) - 1;
    else if (sign === "'") {
      const end = endOf(text, "'", at + 1);
      word = (word ?? '') + text.slice(at + 1, end);
      at = end;
    } else if (sign === '"') {
      const { inside, end, substituted } = doubleQuoted(text, at + 1);
      found.push(...substituted.flatMap(commandsIn).map((each) => [...each]));
      word = (word ?? '') + inside;
      at = end;
    } else if (text.startsWith('$(', at)) {
      const end = closing(text, at + 2);
      found.push(...commandsIn(text.slice(at + 2, end)).map((each) => [...each]));
      word = `${word ?? ''}$(…)`;
      at = end;
    } else if (sign === '\\') word = (word ?? '') + (text[++at] ?? '');
    else if (BETWEEN.has(sign)) endCommand();
    else if (/\s/.test(sign)) endWord();
    else word = (word ?? '') + sign;
  }
  endCommand();
  return found.map(ownWords).filter(([first]) => first !== undefined);
}

const endOf = (text: string, sign: string, from: number): number => {
  const at = text.indexOf(sign, from);
  return at === -1 ? text.length : at;
};

/** Where the bracket that was opened before `from` closes. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && --depth === 0) return at;
  }
  return text.length;
}

function doubleQuoted(text: string, from: number) {
  const substituted: string[] = [];
  let inside = '';
  for (let at = from; at < text.length; at++) {
    if (text[at] === '"') return { inside, end: at, substituted };
    if (text.startsWith('$(', at)) {
      const end = closing(text, at + 2);
      substituted.push(text.slice(at + 2, end));
      inside += '$(…)';
      at = end;
    } else inside += text[at] === '\\' ? text[++at] : text[at];
  }
  return { inside, end: text.length, substituted };
}

const withoutHereDocuments = (script: string): string =>
  script.replace(/<<-?\s*['"]?(\w+)['"]?([^\n]*)\n[\s\S]*?\n\s*\1(?=\n|$)/g, '$2');

/** Words of the shell itself, behind which a command may stand. */
const KEYWORDS = ['do', 'done', 'then', 'else', 'fi', 'if', 'until', 'while', '{', '}', '!'];
const ASSIGNMENT = /^\w+=/;
const REDIRECTION = /^\d?[<>]/;

function ownWords(words: Words): Words {
  const first = words.findIndex((word) => !ASSIGNMENT.test(word) && !KEYWORDS.includes(word));
  const rest = first === -1 ? [] : words.slice(first);
  return rest.filter(
    (word, at) => !REDIRECTION.test(word) && !/^\d?[<>]+$/.test(rest[at - 1] ?? ''),
  );
}
