import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SIZE_BYTES, SIZES } from '../cases.ts';
import { documentOf } from '../payloads/documents.ts';
import type { MeasureSuite } from '../session.ts';
import type { Task } from './take-turns.ts';
import { takeTurns } from './take-turns.ts';

/** The header of one document of each size, which is the same header in all of them. */
export const header: MeasureSuite = async (session) => {
  const folders = SIZES.map((size): [string, Task] => [
    size,
    { mode: 'header', folder: join(session.work, `header-${size}`) },
  ]);
  if (session.run === 1) {
    for (const [size, { folder }] of folders) {
      mkdirSync(folder);
      const bytes = documentOf(
        session.building,
        'structured',
        SIZE_BYTES[size as keyof typeof SIZE_BYTES],
      );
      writeFileSync(join(folder, 'DOC00001.XML'), bytes);
    }
  }
  const effort = { rounds: 11, warmUpCalls: 150 };
  return [
    await takeTurns(session, 'header', 'header', 'header', Object.fromEntries(folders), effort),
  ];
};
