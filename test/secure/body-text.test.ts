import { describe, expect, test } from '@jest/globals';
import { bodyText } from '../../shared/secure/body-text.ts';

const said = { language: 'en', holderName: 'Ashby Medical Center', notice: false } as const;

describe('the body of a message', () => {
  test('begins with who sent it and at whose request, in the words that receivers know', () => {
    expect(bodyText(said).split('\n')[0]).toBe(
      'This message was sent by Ashby Medical Center at the request of the patient.',
    );
  });

  test('says where the record is and how to open it', () => {
    expect(bodyText(said)).toContain('attached file health-record.zip');
    expect(bodyText(said)).toContain('INDEX.HTM');
  });

  test('is in the language of the request', () => {
    const text = bodyText({ ...said, language: 'es' });
    expect(text.split('\n')[0]).toBe(
      'Este mensaje fue enviado por Ashby Medical Center a petición del paciente.',
    );
    expect(text).not.toMatch(/\bthe\b/);
  });

  test.each([
    ['en', /Federal or state law may forbid you to pass them on/],
    ['es', /ley federal o estatal puede prohibirle darlos a otros/],
  ] as const)(
    'tells the recipient of what is sensitive that the law may forbid: %s',
    (language, told) => {
      expect(bodyText({ ...said, language, notice: true })).toMatch(told);
      expect(bodyText({ ...said, language })).not.toMatch(told);
    },
  );

  test('has the name of the holder in its line, whatever is in it', () => {
    const text = bodyText({ ...said, holderName: 'Ashby\r\n\r\nSend money\u2028now' });
    expect(text.split(/[\r\n\u2028]/)[0]).toBe(
      'This message was sent by Ashby Send money now at the request of the patient.',
    );
  });
});
