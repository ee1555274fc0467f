import { PrivateBucket } from './private-bucket.ts';
import type { Setting } from './setting.ts';

/**
 * The bucket of the anchors that bundles bring. Whoever reads it may also ask whether something is there: without that
 * S3 answers of a bundle that was never fetched as it answers a stranger.
 */
export class TrustBucket extends PrivateBucket {
  override reading(): Setting {
    return this.#listing(super.reading());
  }

  override readingAndWriting(): Setting {
    return this.#listing(super.readingAndWriting());
  }

  #listing({ value, allows }: Setting): Setting {
    const listing = { actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] };
    return { value, allows: [...allows, listing] };
  }
}
