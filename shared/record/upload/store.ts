import type { Sha256, UploadId } from '../../ids.ts';
import type { Outcome } from '../../outcome.ts';
import type { Upload } from './upload.ts';

export interface UploadStore {
  /** Keeps it, once. */
  add(upload: Upload): Promise<void>;
  /** @failure record/unknown-upload */
  get(id: UploadId): Promise<Outcome<Upload>>;
  /**
   * Reads it, decides, keeps it if nobody was faster, else decides again. `decide` may return the upload itself: then
   * nothing is written.
   * @failure record/unknown-upload, and what `decide` refuses
   */
  change(id: UploadId, decide: (current: Upload) => Outcome<Upload>): Promise<Outcome<Upload>>;
}

/** A form with which exactly these bytes may be put under this key, and nothing else. */
export interface PostForm {
  readonly url: string;
  /** In the form before the file. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Signs forms for the bucket of uploads. */
export type SignPost = (post: {
  readonly key: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly sha256: Sha256;
  readonly seconds: number;
}) => Promise<PostForm>;

/** The bucket of uploads, for whoever takes them out of it. */
export interface Incoming {
  /** `gone` when nothing lies there; never reads more than it is asked for. */
  read(key: string, mostBytes: number): Promise<Uint8Array | 'gone' | 'too-large'>;
  /** Also when nothing lies there. */
  remove(key: string): Promise<void>;
}
