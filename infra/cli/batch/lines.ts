const LF = 10;

/**
 * The lines of a stream, one after the other, without their ends; what follows the last line feed is a line unless it
 * is empty. Of a line that is too long nothing is kept.
 *
 * @returns `too long` in place of each such line
 */
export async function* linesOf(
  input: AsyncIterable<Uint8Array>,
  longestBytes: number,
): AsyncGenerator<Uint8Array | 'too long'> {
  let held: Uint8Array[] = [];
  let bytes = 0;
  const hold = (piece: Uint8Array): void => {
    bytes += piece.length;
    if (bytes > longestBytes) held = [];
    else held.push(piece);
  };
  const line = (): Uint8Array | 'too long' => {
    const whole = bytes > longestBytes ? 'too long' : Buffer.concat(held);
    held = [];
    bytes = 0;
    return whole;
  };
  for await (const chunk of input) {
    let from = 0;
    for (let feed = chunk.indexOf(LF); feed >= 0; feed = chunk.indexOf(LF, from)) {
      hold(chunk.subarray(from, feed));
      yield line();
      from = feed + 1;
    }
    hold(chunk.subarray(from));
  }
  if (bytes > 0) yield line();
}
