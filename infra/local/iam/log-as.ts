import { ACCOUNT, REGION } from '../assembly/physical.ts';
import type { FunctionLog } from '../functions/function-log.ts';
import { COMMON_CONTEXT } from './calls/asked.ts';
import type { Privileges } from './privileges.ts';

/** What Lambda does with the first line, and with every one. */
const WRITING = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/** A log that is written in the name of a function: lines of one that may not write are lost, as they are on AWS. */
export function logAs(
  functionName: string,
  logGroup: string,
  { log, privileges }: { readonly log: FunctionLog; readonly privileges: Privileges },
): FunctionLog {
  const resource = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${logGroup}:log-stream:local`;
  const calls = WRITING.map((action) => ({ action, resource, context: COMMON_CONTEXT }));
  let may: boolean | undefined;
  return {
    ...log,
    write(name, line) {
      may ??= privileges.refusalOf(functionName, calls) === undefined;
      if (may) log.write(name, line);
    },
  };
}
