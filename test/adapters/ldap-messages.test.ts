import { expect, test } from '@jest/globals';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { receivedMessages } from '../../shared/adapters/ldap/received-messages.ts';

const HEAD = [0x30, 0x82, 0x07, 0xd0];

test('octets that come one by one are not kept one by one', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const pieces: WeakRef<Buffer>[] = [];
  let held = 0;
  async function* octets() {
    for (const octet of [...HEAD, ...Buffer.alloc(1999)]) {
      const piece = Buffer.alloc(1, octet);
      pieces.push(new WeakRef(piece));
      yield piece;
    }
    // What a WeakRef was just asked for lives on until the end of the task.
    await new Promise((resolve) => setTimeout(resolve));
    collect();
    held = pieces.filter((piece) => piece.deref()).length;
    yield Buffer.alloc(1);
  }
  const source = Readable.from(octets(), { objectMode: false, highWaterMark: 16 });
  const { value } = await receivedMessages(source, 3000).next();
  expect(value).toEqual(Buffer.of(...HEAD, ...Buffer.alloc(2000)));
  expect(held).toBeLessThan(200);
});
