import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { CallCounter } from '../../../door.ts';
import { countingUpTo } from './counting.ts';
import { quickClient, type ScratchOptions } from './quick-client.ts';

/** Until nobody counts in that minute any more, whatever his clock says. */
const KEPT_SECONDS = 600;

const Count = z.object({ counted: z.int().positive() });

/** One item for each caller, minute and kind of calls. */
export function scratchCallCounter(tableName: string, options: ScratchOptions): CallCounter {
  const { onFault, client = quickClient() } = options;
  return {
    async count(caller, what, minute, most) {
      const key = { pk: `CALLS#${caller}`, sk: `${what}#${minute}` };
      const command = countingUpTo(most, tableName, key, 60 * minute + KEPT_SECONDS);
      try {
        const { Attributes = {} } = await client.send(command);
        return Count.parse(unmarshall(Attributes)).counted;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'too-many';
        onFault(error);
        return 'unknown';
      }
    },
  };
}
