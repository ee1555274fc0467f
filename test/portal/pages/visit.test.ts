import { describe, expect, test } from '@jest/globals';
import { languageOfVisit } from '../../../portal/pages/language.ts';
import { visitOf } from '../../../portal/pages/sign-in/visit.ts';
import { storage } from './storage.ts';

describe('what a page was opened for', () => {
  test.each([
    ['', { kind: 'fresh' }],
    ['?lang=es', { kind: 'fresh' }],
    ['?patient=ana&token=x#code=y', { kind: 'fresh' }],
    ['?code=a&state=b', { kind: 'answered', code: 'a', state: 'b' }],
    ['?code=a%2Bb&state=c&iss=https://id.example', { kind: 'answered', code: 'a+b', state: 'c' }],
    ['?error=access_denied&state=b', { kind: 'refused', error: 'access_denied', state: 'b' }],
    ['?launch=x&iss=https://id.example', { kind: 'launched', launch: 'x', iss: 'https://id.example' }], // prettier-ignore
    // Who has both an answer and a launch has an answer.
    ['?code=a&state=b&launch=x&iss=y', { kind: 'answered', code: 'a', state: 'b' }],
  ])('%j', (search, visit) => expect(visitOf(search)).toEqual(visit));

  test.each([
    '?code=a',
    '?state=b',
    '?error=access_denied',
    '?code=a&error=b&state=c',
    '?code=&state=b',
    '?code=a&state=',
    '?code=a&code=b&state=c',
    '?code=a&state=b&state=c',
    '?error=a&error=b&state=c',
    '?launch=x',
    '?launch=x&iss=',
    '?launch=x&iss=a&iss=b',
    `?code=${'a'.repeat(5000)}&state=b`,
    `?launch=${'a'.repeat(5000)}&iss=b`,
  ])('%.40j is nothing of ours', (search) => expect(visitOf(search)).toEqual({ kind: 'strange' }));
});

describe('the language of a visit', () => {
  const es = { language: 'es' };
  test.each([
    ['', {}, ['en-GB'], 'en'],
    ['', {}, ['fr', 'es-MX', 'en'], 'es'],
    ['', {}, ['fr'], 'en'],
    ['', {}, [], 'en'],
    ['?lang=es', {}, ['en'], 'es'],
    ['?lang=ES-mx', {}, ['en'], 'es'],
    ['?lang=en', es, ['es'], 'en'],
    ['', es, ['en'], 'es'],
    ['?lang=fr', es, ['en'], 'es'],
    ['?lang=essential', {}, ['es'], 'es'],
    ['?lang=<script>', {}, ['es'], 'es'],
  ])('%j, kept %j, browser %j: %s', (search, before, preferred, language) => {
    const kept = storage(before);
    expect(languageOfVisit(search, kept, preferred)).toBe(language);
    expect(kept.getItem('language')).toBe(language);
  });
});
