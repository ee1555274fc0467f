import { readRegistryAnswer } from '../../package/xdr/answer.ts';
import type { SubmitterPost } from '../../report/submitter/listening.ts';
import { postXdr, type PostXdrOptions } from './post-xdr.ts';

/** Of a server that is slow to answer nobody knows whether it took the report: it is told it again, under the same id. */
const OVERALL_SECONDS = 15;

/** Reports of ends, posted as ITI-41 requests to who sent the submissions. */
export const submitterPost =
  (options: PostXdrOptions): SubmitterPost =>
  async (url, entity) => {
    const posted = await postXdr(url, entity, {
      connectSeconds: 5,
      overallSeconds: OVERALL_SECONDS,
      ...options,
    });
    if (posted.kind === 'failed') {
      return { kind: 'failed', fault: posted.hasBegun ? 'too-slow' : 'unreachable' };
    }
    const { status, contentType, body } = posted;
    const answer = readRegistryAnswer(contentType, body);
    const isTaken = status === 200 && answer.ok && answer.value === 'success';
    return { kind: isTaken ? 'answered' : 'refused', status };
  };
