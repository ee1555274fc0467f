import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = join(import.meta.dirname, '../../../docs/interop.md');

export const readPage = (): string => readFileSync(PAGE, 'utf8');
export const writePage = (page: string): void => writeFileSync(PAGE, page);
