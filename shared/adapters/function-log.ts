import { jsonLog, type Log } from '../log.ts';

/** The log of a function: what it writes on standard output, Lambda keeps. */
export const functionLog = (functionName: string): Log =>
  jsonLog((line) => process.stdout.write(line), functionName);
