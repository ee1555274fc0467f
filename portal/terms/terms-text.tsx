import type { JSX } from 'preact';
import type { ConsentText } from '../api/views.ts';
import { useSession } from '../element/session.ts';
import { Button } from '../parts/button.tsx';
import { filled } from '../words/words.ts';
import { blocksOf, spansOf } from './markdown.ts';
import { print, save } from './paper.tsx';

export interface TermsTextProps {
  readonly text: ConsentText;
  /** Who agreed to it and when, a sentence: it goes along on paper. */
  readonly agreed?: string | undefined;
}

/** The text that is agreed to, to be read, printed and saved. */
export const TermsText = ({ text, agreed }: TermsTextProps): JSX.Element => {
  const words = useSession().words.terms;
  const proof = `${agreed ?? ''} ${filled(words.version, { ...text })}`.trim();
  return (
    <>
      {written(text)}
      <p class="actions">
        <Button onPress={() => print(written(text, proof))}>{words.print}</Button>
        <Button onPress={() => save([text.text, proof], `consent-${text.version}.txt`)}>
          {words.save}
        </Button>
      </p>
    </>
  );
};

const written = ({ text, language }: ConsentText, proof?: string): JSX.Element => (
  <div class="terms" part="terms" lang={language}>
    {blocksOf(text).map(({ tag: Tag, lines }) => (
      <Tag>{lines.map((line) => (Tag === 'ul' ? <li>{spoken(line)}</li> : spoken(line)))}</Tag>
    ))}
    {proof && <p>{proof}</p>}
  </div>
);

const spoken = (line: string): readonly (string | JSX.Element)[] =>
  spansOf(line).map(({ text, isStrong }) => (isStrong ? <strong>{text}</strong> : text));
