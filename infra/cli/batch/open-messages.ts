import * as z from 'zod';
import type { Identity } from '../../../shared/secure/keys.ts';
import { decodeBody, fileNameOf, type MimeEntity } from '../../../shared/secure/mime.ts';
import { openMessage, type OpenedMessage } from '../../../shared/secure/open.ts';
import type { Certificate } from '../../../shared/trust/certificate.ts';
import { judgeSigner, nameOf } from '../certificates/judge-signer.ts';
import { anchorsIn, readAnchors } from '../certificates/read-anchors.ts';
import { readCertificate, readKey } from '../certificates/read-identity.ts';
import { readInput } from '../command-line.ts';
import type { Answer, Batch } from './batch.ts';
import { kept } from './kept.ts';
import { requestIn } from './request-in.ts';

const Request = z.object({
  file: z.string(),
  key: z.string(),
  certificate: z.string(),
  /** Paths of PEM or DER files, or PEM itself; without any, nobody is asked whether the signer is to be trusted. */
  anchors: z.array(z.string()).max(1000).nullish(),
  /** When trust is decided; now unless said. Times without a zone are UTC. */
  at: z.union([z.iso.datetime({ offset: true, local: true }), z.iso.date()]).nullish(),
  allowSha1: z.boolean().nullish(),
});

const NOTHING = { algorithms: {}, parts: [] };

/** Opens messages to many recipients. */
export const openBatch: Batch = {
  takes: '{"id","file","key","certificate","anchors":[…],"at","allowSha1"}',
  gives: '{"signer","algorithms":{},"parts":[{"type","name","bytes"}]}',
  nothing: NOTHING,
  counts: 'messages opened',

  start() {
    const identityOf = kept(readPair);
    const anchorsAt = kept(anchorsOf);
    return async (line) => {
      const request = requestIn(Request, line);
      const raw = await readInput(request.file);
      const identity = await identityOf(request.certificate, request.key);
      const anchors = (
        await Promise.all((request.anchors ?? []).map((each) => anchorsAt(each)))
      ).flat();
      const opened = openMessage(raw, [identity], { acceptSha1: request.allowSha1 ?? false });
      if (!opened.ok) return { ok: false, code: opened.failure.code, ...NOTHING };
      return answered(opened.value, anchors, timeOf(request.at));
    };
  },
};

/** Of a message that nobody vouches for, who signed it and how, and nothing of what it holds. */
async function answered(
  opened: OpenedMessage,
  anchors: readonly Certificate[],
  now: Date,
): Promise<Answer> {
  const { signer, algorithms, innerEntity } = opened;
  const who = { signer: nameOf(signer), algorithms };
  const trusted = anchors.length > 0 ? await judgeSigner(opened, { anchors, now }) : undefined;
  return trusted?.ok === false
    ? { ok: false, code: trusted.failure.code, ...who, parts: [] }
    : { ok: true, ...who, parts: leavesOf(innerEntity).map(describe) };
}

const leavesOf = (entity: MimeEntity): readonly MimeEntity[] =>
  entity.parts.length > 0 ? entity.parts.flatMap(leavesOf) : [entity];

/** `bytes` is the size of what is in the part, not of how it travelled; a part that cannot be decoded has none. */
function describe(part: MimeEntity) {
  const name = fileNameOf(part);
  const body = decodeBody(part);
  return {
    type: part.contentType.value,
    ...(name !== undefined && { name }),
    ...(body.ok && { bytes: body.value.length }),
  };
}

/** Whether the two belong together is not asked: a wrong key is to be answered as any other wrong key. */
const readPair = async (certificateFile: string, keyFile: string): Promise<Identity> => ({
  certificate: Uint8Array.from((await readCertificate(certificateFile)).raw),
  privateKey: await readKey(keyFile),
});

const anchorsOf = async (anchor: string): Promise<readonly Certificate[]> =>
  anchor.includes('-----BEGIN ')
    ? anchorsIn(Buffer.from(anchor), 'An anchor')
    : readAnchors(anchor);

const timeOf = (at: string | null | undefined): Date => {
  if (!at) return new Date();
  return new Date(/T.*(?:Z|[+-]\d\d:?\d\d)$/.test(at) || !at.includes('T') ? at : `${at}Z`);
};
