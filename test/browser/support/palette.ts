import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** Pictures of screens have few colors: written with a palette of those, they are small. Of PNG, what Chromium writes: 8 bits, RGB or RGBA. */

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLORS = 24;

interface Picture {
  readonly width: number;
  readonly height: number;
  /** 24 bits each, row by row. */
  readonly pixels: Uint32Array;
}

/** The same picture in the colors that it mostly has. */
export function withPalette(png: Buffer): Buffer {
  const { width, height, pixels } = read(png);
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const palette = [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, COLORS)
    .map(([color]) => color);
  const nearest = new Map([...counts.keys()].map((color) => [color, nearestOf(color, palette)]));
  const rows = Buffer.alloc((width + 1) * height);
  pixels.forEach((pixel, at) => {
    rows[at + Math.floor(at / width) + 1] = nearest.get(pixel) ?? 0;
  });
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header(width, height)),
    chunk('PLTE', Buffer.from(palette.flatMap(channelsOf))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const channelsOf = (color: number): readonly [number, number, number] => [
  color >> 16,
  (color >> 8) & 255,
  color & 255,
];

function nearestOf(color: number, palette: readonly number[]): number {
  const wanted = channelsOf(color);
  const distances = palette.map((each) =>
    channelsOf(each).reduce((sum, channel, at) => sum + (channel - (wanted[at] ?? 0)) ** 2, 0),
  );
  return distances.indexOf(Math.min(...distances));
}

function header(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(width, 0);
  bytes.writeUInt32BE(height, 4);
  // 8 bits, with a palette, deflated, filtered, not interlaced.
  bytes.set([8, 3, 0, 0, 0], 8);
  return bytes;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

function read(png: Buffer): Picture {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const channels = png[25] === 6 ? 4 : 3;
  const data: Buffer[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') {
      data.push(png.subarray(at + 8, at + 8 + length));
    }
    at += length + 12;
  }
  const bytes = unfiltered(inflateSync(Buffer.concat(data)), width * channels, channels);
  const pixels = Uint32Array.from({ length: width * height }, (_, at) =>
    bytes.readUIntBE(at * channels, 3),
  );
  return { width, height, pixels };
}

/** Undoes the filter of each row: what stands to the left, above, and above to the left was taken off. */
function unfiltered(rows: Buffer, rowBytes: number, channels: number): Buffer {
  const height = rows.length / (rowBytes + 1);
  const bytes = Buffer.alloc(rowBytes * height);
  for (let row = 0; row < height; row++) {
    const filter = rows[row * (rowBytes + 1)] ?? 0;
    for (let column = 0; column < rowBytes; column++) {
      const at = row * rowBytes + column;
      const left = column < channels ? 0 : (bytes[at - channels] ?? 0);
      const up = bytes[at - rowBytes] ?? 0;
      const corner = column < channels ? 0 : (bytes[at - rowBytes - channels] ?? 0);
      bytes[at] = (rows[at + row + 1] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  return bytes;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const [toLeft, toUp, toCorner] = [up - corner, left - corner, left + up - 2 * corner].map(
        Math.abs,
      ) as [number, number, number];
      if (toLeft <= toUp && toLeft <= toCorner) return left;
      return toUp <= toCorner ? up : corner;
    }
    default:
      return 0;
  }
}
