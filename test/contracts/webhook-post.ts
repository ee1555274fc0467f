import { afterEach, describe, expect, test } from '@jest/globals';
import type { Posted } from '../../shared/report/delivery/posted.ts';
import type { WebhookMessage, WebhookPost } from '../../shared/report/webhook/post.ts';

export interface WebhookPostUnderTest {
  readonly post: WebhookPost;
  /** Where messages may go. */
  readonly url: string;
  readonly told: () => readonly WebhookMessage[];
  readonly answer: (status: number, retryAfter?: string) => void;
  readonly close: () => Promise<void>;
}

const MESSAGE = {
  headers: { 'content-type': 'application/json', 'webhook-id': 'whd_1' },
  body: '{"type":"record.needed","data":{"clientReference":"Besuch №7"}}',
};

/** What everything promises that tells webhooks something. */
export function webhookPostContract(
  title: string,
  open: () => Promise<WebhookPostUnderTest>,
): void {
  describe(`${title} posts`, () => {
    let opened: WebhookPostUnderTest;
    const start = async () => (opened = await open());
    afterEach(async () => opened.close());

    test('a message whole, and once', async () => {
      const { post, url, told } = await start();
      expect(await post.post({ ...MESSAGE, url })).toEqual({ kind: 'answered', status: 204 });
      expect(told()).toEqual([{ ...MESSAGE, url }]);
    });

    test.each([200, 299, 302, 404, 410, 429, 500, 503])(
      'and tells the answer %i as it is, following nothing',
      async (status) => {
        const { post, url, told, answer } = await start();
        answer(status);
        expect(await post.post({ ...MESSAGE, url })).toEqual({ kind: 'answered', status });
        expect(told()).toHaveLength(1);
      },
    );

    test('and tells for how long it is asked to wait', async () => {
      const { post, url, answer } = await start();
      answer(503, '120');
      const expected: Posted = { kind: 'answered', status: 503, retryAfter: '120' };
      expect(await post.post({ ...MESSAGE, url })).toEqual(expected);
    });

    test.each([
      '',
      'ehr.example/told',
      'ftp://ehr.example/told',
      'file:///etc/passwd',
      'https://user@ehr.example/',
      'https://:secret@ehr.example/',
    ])('blocked: %j', async (url) => {
      const { post } = await start();
      expect(await post.isOpen(url)).toBe(false);
      expect(await post.post({ ...MESSAGE, url })).toEqual({ kind: 'failed', fault: 'blocked' });
    });

    test('where it is open', async () => {
      const { post, url } = await start();
      expect(await post.isOpen(url)).toBe(true);
    });
  });
}
