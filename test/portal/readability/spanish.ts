import { syllablesInSpanish } from './spanish-syllables.ts';
import { type Measured, total } from './text.ts';

/**
 * How easy a Spanish text is, the higher the easier: the formula of F. Szigriszt Pazos (Sistemas predictivos de legibilidad del
 * mensaje escrito: fórmula de perspicuidad, Madrid 1993), read by the INFLESZ scale, which was made for texts for patients: under
 * 40 very hard, 40 to 55 somewhat hard, 55 to 65 normal, 65 to 80 fairly easy, over 80 very easy (I. M. Barrio-Cantalejo and others:
 * Validación de la Escala INFLESZ para evaluar la legibilidad de los textos dirigidos a pacientes. Anales del Sistema Sanitario de
 * Navarra 31, 2008, 135-152).
 */
export function inflesz({ words, sentences }: Measured): number {
  const syllables = total(words.map(syllablesInSpanish));
  return 206.835 - 62.3 * (syllables / words.length) - words.length / sentences;
}

export const FAIRLY_EASY = 65;

/**
 * Flesch's Reading Ease, fitted to Spanish: over 60 is read in the seventh or eighth grade, over 70 in the sixth. J. Fernández
 * Huerta: Medidas sencillas de lecturabilidad. Consigna 214, 1959, 29-32. Printed and copied mostly as 1.02 times the sentences in
 * a hundred words, by which shorter sentences would make a text harder; what is meant, and what Flesch has, is the words in a
 * sentence (G. Law: Error in the Fernandez Huerta Readability Formula. LINGUIST List 22.2332, 2011).
 */
export function fernandezHuerta({ words, sentences }: Measured): number {
  const syllables = total(words.map(syllablesInSpanish));
  return 206.84 - 60 * (syllables / words.length) - 1.02 * (words.length / sentences);
}

export const SEVENTH_OR_EIGHTH_GRADE = 60;
