import { expect, test } from '@jest/globals';
import { done } from '../../../shared/outcome.ts';
import { parseWebhookUrl } from '../../../shared/report/webhook/url.ts';

test.each([
  ['https://ehr.example/told', 'https://ehr.example/told'],
  ['HTTPS://EHR.Example:8443/a?b=c', 'https://ehr.example:8443/a?b=c'],
  ['https://ehr.example#here', 'https://ehr.example/'],
])('%s is where reports can go', (text, url) => {
  expect(parseWebhookUrl(text, false)).toEqual(done(url));
});

test.each([
  ['', 'not-a-url'],
  ['ehr.example/told', 'not-a-url'],
  ['https://', 'not-a-url'],
  ['https://ehr.example/\ttold', 'not-a-url'],
  ['https://ehr.example/ told', 'not-a-url'],
  ['https://ehr.example/töld', 'not-a-url'],
  ['http://ehr.example/told', 'not-https'],
  ['ftp://ehr.example/told', 'not-https'],
  ['javascript:alert(1)', 'not-https'],
  ['https://me@ehr.example/', 'holds-a-password'],
  ['https://:secret@ehr.example/', 'holds-a-password'],
])('report/bad-url: %j', (text, code) => {
  expect(parseWebhookUrl(text, false)).toMatchObject({
    ok: false,
    failure: { code: 'report/bad-url', faults: [{ pointer: '/url', code }] },
  });
});

test('http is for tests, and only http', () => {
  expect(parseWebhookUrl('http://127.0.0.1:9/x', true)).toEqual(done('http://127.0.0.1:9/x'));
  expect(parseWebhookUrl('ftp://127.0.0.1/', true).ok).toBe(false);
});

const ofLength = (length: number) => 'https://ehr.example/'.padEnd(length, 'a');

test('report/bad-url: one that is longer than 2048 characters', () => {
  expect(parseWebhookUrl(ofLength(2048), false).ok).toBe(true);
  expect(parseWebhookUrl(ofLength(2049), false)).toMatchObject({
    failure: { code: 'report/bad-url', faults: [{ code: 'not-a-url' }] },
  });
});
