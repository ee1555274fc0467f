import { expect, test } from '@jest/globals';
import { FAILURES } from '../../shared/failures.ts';
import { ENGLISH } from '../../shared/status/sentences-en.ts';
import { SPANISH } from '../../shared/status/sentences-es.ts';
import { sentenceOf } from '../../shared/status/sentences.ts';
import { viewOf } from '../../shared/status/view.ts';
import type { FactBody } from '../../shared/transmission/facts.ts';
import { accepted, factsOf, historyOf, intent, intentForHisp } from '../support/histories.ts';
import { LEFT_OVER } from '../support/left-over-english.ts';

const spoken = (words: typeof ENGLISH): readonly [string, string][] =>
  Object.entries(words).flatMap(([name, said]): [string, string][] =>
    typeof said === 'string'
      ? [[name, said]]
      : [
          [`${name} of one`, said(1)],
          [`${name} of two`, said(2)],
        ],
  );

const english = new Map(spoken(ENGLISH));

test.each(spoken(SPANISH))('%s is said in Spanish: %s', (name, sentence) => {
  expect(sentence).toMatch(/^ ?[A-Z0-9][^.]*\.$/);
  expect(sentence).not.toBe(english.get(name));
  expect(sentence).not.toMatch(LEFT_OVER);
  // What is put behind another sentence begins with a blank, in both.
  expect(sentence.startsWith(' ')).toBe(english.get(name)?.startsWith(' '));
});

const FACTS: readonly FactBody[] = [
  { kind: 'requested', trigger: 'discharge', recordOlderThanEvent: true },
  { ...intent(), revocation: 'unknown', excluded: 2 } as FactBody,
  { kind: 'deferred', attempt: 1, code: 'deliver/deferred', nextAttemptAt: '' },
  { kind: 'ended', end: 'failed', code: 'deliver/deferred' },
];

test('what is made of several sentences is in one language', () => {
  const said = factsOf(...FACTS.map((fact): [number, FactBody] => [0, fact])).map((fact) =>
    sentenceOf(fact, 'es'),
  );
  expect(said).toEqual([
    'Se pidió una copia del expediente. El expediente es anterior a lo ocurrido.',
    'La copia se empaquetó, se firmó y se cifró, y está a punto de salir. Nadie pudo decir si el certificado del destinatario fue revocado. 2 documentos no se incluyeron porque son delicados.',
    'El servidor de correo no aceptó el mensaje por ahora. Habrá otro intento.',
    'El servidor de correo no aceptó el mensaje por ahora. Se acabó el tiempo para los intentos.',
  ]);
});

test('a view says everything in the language that is asked for', () => {
  const facts = factsOf([0, intentForHisp()], [1, accepted()], [2, FACTS[3]!]);
  const { sentence, timeline } = viewOf(historyOf(facts), 'es');
  expect(sentence).toBe('El servidor de correo no aceptó el mensaje por ahora.');
  expect(timeline.map((entry) => entry.sentence)).toEqual([
    'La copia se empaquetó y está a punto de salir hacia el servicio de correo de otra organización, que busca y comprueba al destinatario y cifra la copia.',
    'La copia se entregó al servicio de correo de otra organización.',
    'El servidor de correo no aceptó el mensaje por ahora. Se acabó el tiempo para los intentos.',
  ]);
  expect(viewOf(historyOf(facts), 'en').sentence).toBe(FAILURES['deliver/deferred'].says);
});
