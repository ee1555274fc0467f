import { join } from 'node:path';
import { portalComponent } from './component.ts';
import { type Size, sizeOf } from './size.ts';

/** `npm run portal [-- --json]`: builds the component, and says how large it is and what makes it so. */
function main(asJson: boolean): void {
  const size = sizeOf(portalComponent(join(import.meta.dirname, '../..')));
  process.stdout.write(asJson ? `${JSON.stringify(size)}\n` : tableOf(size));
  const verdict = size.isGood ? 'good' : 'not good';
  (asJson ? process.stderr : process.stdout).write(
    `portal: ${size.gzippedBytes} of ${size.limitBytes} bytes gzipped; ${verdict}\n`,
  );
  process.exitCode = size.isGood ? 0 : 1;
}

const tableOf = ({ parts, besideGzippedBytes: { look = 0, en = 0, es = 0 } }: Size): string =>
  [
    'minified  gzipped, about',
    ...parts.map(
      ({ name, minifiedBytes, gzippedBytesAbout }) =>
        `${String(minifiedBytes).padStart(8)}  ${String(gzippedBytesAbout).padStart(14)}  ${name}`,
    ),
    `It reads besides, gzipped: its style sheet, ${look}, and the words of one language, ${en} (en) or ${es} (es).`,
  ]
    .map((line) => `${line}\n`)
    .join('');

main(process.argv.includes('--json'));
