import { describe, expect, test } from '@jest/globals';
import { errorNameOf } from '../shared/log.ts';

const HERE = /^(\w+) at log\.test\.ts:\d+:\d+$/;

/** An error as a library makes one, its message with whatever it was given. */
const thrown = (message: string, name = 'Error'): Error => {
  const error = new Error(message);
  error.name = name;
  return error;
};

const unparsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
};

describe('of an error the log has its class and its place', () => {
  test('whatever the class', () => {
    expect(errorNameOf(new Error('x'))).toMatch(HERE);
    expect(errorNameOf(new TypeError('x'))).toMatch(/^TypeError at log\.test\.ts/);
    expect(errorNameOf(new Error())).toMatch(HERE);
    expect(errorNameOf(thrown('x', 'TransactionCanceledException'))).toMatch(
      /^TransactionCanceledException at log\.test\.ts/,
    );
    expect(errorNameOf(unparsed('{ana'))).toMatch(/^SyntaxError at log\.test\.ts/);
    expect(errorNameOf('a text')).toBe('string');
    expect(errorNameOf(undefined)).toBe('undefined');
  });

  test.each([
    ['a frame', 'no\n    at Ana-Rivera:1984:3'],
    ['a frame in brackets', 'no\n    at read (Ana-Rivera:1984:3)'],
    ['nothing but a frame', '\n    at Ana-Rivera:1984:3'],
    ['frames and a line behind', '    at Ana-Rivera:1984:3\n    at Ana-Rivera:1984:3\n'],
    ['its own class again', 'Error: no\n    at Ana-Rivera:1984:3'],
    ['a carriage return', 'no\r    at Ana-Rivera:1984:3'],
  ])('and of a message that holds %s, nothing', (_, message) => {
    expect(errorNameOf(thrown(message))).toMatch(HERE);
    expect(errorNameOf(new TypeError(message))).toMatch(HERE);
  });

  test('nor of a message that was changed after its stack was taken', () => {
    const error = new Error('no\n    at Ana-Rivera:1984:3');
    expect(error.stack).toContain('Ana-Rivera');
    error.message = 'another';
    expect(errorNameOf(error)).toBe('Error');
    error.message = '';
    expect(errorNameOf(error)).toBe('Error');
  });

  test.each(['Ana Rivera', 'ana@clinic.example', '1984', '', 'x'.repeat(62), 'A\nB', 'Añ'])(
    'and no name that is no class: %j',
    (name) => {
      expect(errorNameOf(thrown('x', name))).toMatch(/^Error at log\.test\.ts/);
    },
  );
});
