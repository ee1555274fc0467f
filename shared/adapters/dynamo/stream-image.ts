import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { TransmissionId } from '../../ids.ts';
import type { Happening } from '../../report/report-of.ts';
import type { Item } from './table.ts';
import { bodyOf } from './table/items.ts';

/**
 * Reads a new item of the stream as something that happened.
 *
 * @returns undefined when it is an item of another kind
 * @throws Error when it is no item of ours, or of a version that this one does not know
 */
export function happeningIn(image: Readonly<Record<string, unknown>>): Happening | undefined {
  const item = unmarshall(image as Record<string, AttributeValue>) as Item;
  switch (item['kind']) {
    case 'fact':
      return { kind: 'fact', transmissionId: transmissionOf(item), fact: bodyOf(item, 'fact') };
    case 'milestone':
      return { kind: 'milestone', milestone: bodyOf(item, 'milestone') };
    case 'deed':
      return { kind: 'deed', deed: bodyOf(item, 'deed') };
    default:
      return undefined;
  }
}

/** A fact lies under the key of its transmission. */
const transmissionOf = ({ pk }: Item): TransmissionId => pk.slice('TX#'.length) as TransmissionId;
