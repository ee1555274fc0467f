import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { refusalOf } from '../../shared/adapters/ses/ses-refusal.ts';
import { receiptOfXdr } from '../../shared/adapters/xdr/xdr-answer.ts';
import { REPLY_MEANINGS, type ReplyMeaning } from '../../shared/deliver/reply-meanings.ts';
import { isFailureCode, ruleOf } from '../../shared/failures.ts';
import { parseSettings } from '../../shared/settings.ts';
import { SANDBOX } from './support/templates.ts';

/** What docs/relay.md says in its tables of answers, held against what is made of them. */

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/relay.md'), 'utf8');

type Row = readonly [said: string, code: string, then: string];

/** The rows of the table behind a line of the page. */
function tableAfter(line: string): readonly Row[] {
  const [, behind = ''] = PAGE.split(line);
  const [table = ''] = behind.slice(behind.indexOf('\n|') + 1).split('\n\n');
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map((row) => {
      const [said = '', code = '', then = ''] = row
        .split('|')
        .map((cell) => cell.trim())
        .slice(1);
      return [said, /^`([^`]+)`/.exec(code)?.[1] ?? code, then];
    });
}

const wordsIn = (said: string): readonly string[] =>
  [...said.matchAll(/`([A-Z]\w+)`/g)].map(([, word = '']) => word);

const answered = (status: number, hasBegun: boolean) =>
  receiptOfXdr({ kind: 'answered', status, contentType: '', body: Buffer.alloc(0), hasBegun });

describe('docs/relay.md says what is made of', () => {
  const replies = tableAfter('A message longer than the `SIZE`');

  test('each reply of a mail server', () => {
    const inPage = replies.flatMap(([said, code]) =>
      said.split(';').flatMap((group) => {
        const at = / at ([A-Z]+)$/.exec(group.trim())?.[1];
        return [...group.matchAll(/\d[\d.yz]+/g)].map(([what]) => lineOf(what, at, code));
      }),
    );
    expect(inPage.toSorted()).toEqual(REPLY_MEANINGS.map(asInPage).toSorted());
  });

  test('a copy after each: again, or not', () => {
    for (const [, code, then] of replies) {
      expect([code, isFailureCode(code) && ruleOf(code).retry]).toEqual([
        code,
        then.startsWith('again'),
      ]);
    }
  });

  const named = tableAfter('**What its answers mean.** A call is made once').filter(
    ([said]) => wordsIn(said).length > 0,
  );

  test.each(named.map((row) => [...row]))('an error of SES: %s', (said, code) => {
    for (const name of wordsIn(said)) {
      const message = 'Message length is more than 10485760 bytes long';
      const { failure } = refusalOf(Object.assign(new Error(message), { name }));
      expect([name, failure.code]).toEqual([name, code]);
    }
  });

  const answers = tableAfter('**What its answers mean.** By submission');

  const bySaid = (pattern: RegExp) =>
    answers.flatMap(([said, code]) =>
      (pattern.exec(said)?.[1] ?? '').split(', ').flatMap((status) => {
        return status === '' ? [] : [[Number(status), code] as const];
      }),
    );

  test('each status of a HISP by XDR, whose text nobody can read', () => {
    const always = bySaid(/^(4\d\d(?:, 4\d\d)*)/);
    const early = bySaid(/(\d{3}) before the body began/);
    const unclear = [...bySaid(/but (\d{3}(?:, \d{3})*)$/), ...bySaid(/(\d{3}(?:, \d{3})*) later/)];
    expect([always.length, early.length, unclear.length]).toEqual([4, 1, 6]);
    for (const [status, code] of always) {
      expect(answered(status, true)).toMatchObject({ failure: { code } });
    }
    for (const [status, code] of early) {
      expect(answered(status, false)).toMatchObject({ failure: { code } });
    }
    for (const [status] of unclear) {
      expect(answered(status, true)).toMatchObject({ failure: { code: 'deliver/unanswered' } });
    }
    expect(answered(404, true)).toMatchObject({ failure: { code: 'deliver/refused' } });
  });
});

describe('docs/relay.md and docs/mutual-tls.md show', () => {
  const shown = ['relay', 'mutual-tls'].flatMap((name) => {
    const page = readFileSync(join(import.meta.dirname, `../../docs/${name}.md`), 'utf8');
    return [...page.matchAll(/```json\n(".+?)```/gs)].map(([, inner = '']) => inner);
  });
  const settings = shown
    .filter((inner) => !inner.startsWith('"deployment"'))
    .map((inner) => JSON.parse(`{${inner.replace('9f86d081…', '0'.repeat(64))}}`) as object);

  test('settings in four places', () => {
    expect(settings).toHaveLength(4);
  });

  test.each(settings.map((each) => [Object.keys(each).join(', '), each] as const))(
    'settings that are some: %s',
    (_, each) => {
      expect(parseSettings({ ...SANDBOX.settings, ...each })).toMatchObject(each);
    },
  );
});

const lineOf = (what: string, at: string | undefined, code: string): string =>
  `${what}${at === undefined ? '' : ` at ${at}`}: ${code}`;

/** As the page writes a line of the table in code. */
function asInPage({ at, reply, status, means }: ReplyMeaning): string {
  const [subject, detail = 'z'] = status?.split('.') ?? [];
  const what = subject === undefined ? reply.padEnd(3, 'yz') : `${reply}.${subject}.${detail}`;
  return lineOf(what, at?.join(', '), means);
}
