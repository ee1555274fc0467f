import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Takes what functions print, a line at a time: what CloudWatch Logs is in the other place to run. */
export interface FunctionLog {
  write(functionName: string, line: string): void;
  close(): Promise<void>;
}

/** @param echo also gets every line, for `--verbose` */
export function fileLog(file: string, echo?: (line: string) => void): FunctionLog {
  mkdirSync(dirname(file), { recursive: true });
  const stream = createWriteStream(file, { flags: 'a' });
  return {
    write(functionName, line) {
      const written = `${new Date().toISOString()} ${functionName} ${line}`;
      if (!stream.writableEnded) stream.write(`${written}\n`);
      echo?.(written);
    },
    close: () => new Promise((resolve) => stream.end(() => resolve())),
  };
}
