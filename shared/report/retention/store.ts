import type { PatientKey } from '../../ids.ts';
import type { Aging } from './aging.ts';

/** Something that has aged, as the index knows it. */
export interface Aged {
  readonly aging: Aging;
  /** Where it lies, for the store alone. */
  readonly key: { readonly pk: string; readonly sk: string };
  /** Since when, or until when it was left alone. */
  readonly since: string;
}

/** Objects of a bucket: one, or all in a folder, whose name ends with a slash. */
export interface Objects {
  readonly bucket: 'messages' | 'records';
  readonly name: string;
}

/** What has to be known of something before it may go. */
export interface Subject {
  /** Absent: it is of nobody. */
  readonly patientKey?: PatientKey;
  /** Since when it really ages, ISO 8601 UTC; absent: it is still needed. */
  readonly since?: string;
  readonly objects: readonly Objects[];
}

/** What becomes of it: it went; its patient came under a hold; somebody changed it meanwhile. */
export type Removed = 'removed' | 'held' | 'changed';

/** What is kept, by its age. What goes leaves a deed for the audit, in the transaction that ends it. */
export interface RetentionStore {
  /** Those of a class that began to age before a moment, the oldest first; at most `limit` of each shard. */
  aged(aging: Aging, before: Date, limit: number): Promise<readonly Aged[]>;
  /** Strongly consistent; undefined when it is gone, or does not age in this class any more. */
  read(aged: Aged): Promise<Subject | undefined>;
  /** Leaves it alone as if it had begun to age at `since`, unless somebody changed it meanwhile. */
  postpone(aged: Aged, since: Date): Promise<void>;
  /**
   * Removes what lies in the table of something, unless its patient is under a hold; where there were objects, and they
   * are gone already, also then.
   *
   * @param objects how many went before
   */
  remove(aged: Aged, objects: number, now: Date): Promise<Removed>;
  /** The same of up to 25 traces at once, with one deed for all of them. */
  removeTraces(aged: readonly Aged[], now: Date): Promise<Removed>;
}

/** Takes objects out of buckets. */
export interface ObjectRemover {
  /** @returns how many there were; nothing is no error */
  remove(objects: Objects): Promise<number>;
}
