import * as z from 'zod';

/** S3's event notification, as far as it is read: the keys of the objects that were created. */
const BucketEvent = z.object({
  Records: z.array(z.object({ s3: z.object({ object: z.object({ key: z.string() }) }) })).max(100),
});

/**
 * The keys that an S3 event notification names, decoded. S3's test message names none.
 *
 * @throws when the message is not one of S3's
 */
export function keysOf(body: string): readonly string[] {
  const message: unknown = JSON.parse(body);
  if (typeof message === 'object' && message !== null && 'Event' in message) return [];
  return BucketEvent.parse(message).Records.map(({ s3 }) =>
    decodeURIComponent(s3.object.key.replaceAll('+', ' ')),
  );
}
