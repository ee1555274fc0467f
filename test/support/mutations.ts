import * as fc from 'fast-check';

/** One thing that goes wrong with bytes on their way, or that somebody does to them. */
type Change = (bytes: Buffer) => Buffer;

/** Where, as a share of the whole: so that a change of bytes that were changed before still lies within. */
const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const at = (share: number, { length }: Buffer): number => Math.floor(share * length);
const few = fc.nat(60);

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(place, fc.nat(7)).map(([share, bit]) => (bytes: Buffer) => {
    const where = at(share, bytes);
    const copy = Buffer.from(bytes);
    if (copy.length > 0) copy[where]! ^= 1 << bit;
    return copy;
  }),
  // A stretch is cut out, and another, or nothing, put in its place.
  fc.tuple(place, few, fc.uint8Array({ maxLength: 60 })).map(
    ([share, length, stretch]) =>
      (bytes: Buffer) =>
        Buffer.concat([
          bytes.subarray(0, at(share, bytes)),
          stretch,
          bytes.subarray(at(share, bytes) + length),
        ]),
  ),
  // A stretch of it stands elsewhere too.
  fc.tuple(place, place, few).map(
    ([from, to, length]) =>
      (bytes: Buffer) =>
        Buffer.concat([
          bytes.subarray(0, at(to, bytes)),
          bytes.subarray(at(from, bytes), at(from, bytes) + length),
          bytes.subarray(at(to, bytes)),
        ]),
  ),
  place.map((share) => (bytes: Buffer) => bytes.subarray(0, at(share, bytes))),
);

/** The bytes, changed in one to four places. */
export const mutationsOf = (bytes: Uint8Array): fc.Arbitrary<Buffer> =>
  fc
    .array(change, { minLength: 1, maxLength: 4 })
    .map((changes) => changes.reduce<Buffer>((changed, next) => next(changed), Buffer.from(bytes)));

/** Any bytes at all, or these, changed. */
export const bytesLike = (bytes: Uint8Array): fc.Arbitrary<Buffer> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }).map((any) => Buffer.from(any)) },
    { weight: 4, arbitrary: mutationsOf(bytes) },
  );

/** What a property over many bytes may take when all of them are tried. */
export const LONG_MS = 1_800_000;
