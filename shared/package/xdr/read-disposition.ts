import { oneLine } from '../../characters.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import { grow } from '../read/bounded-xml.ts';
import type { DocumentContent } from './document-content.ts';
import { XDR_LIMITS } from './limits.ts';
import { addressIn } from './mailto.ts';
import { DIRECT } from './names.ts';
import { growSoapTree, onlyChild, type SoapElement } from './soap-tree.ts';
import type { MessageDisposition } from './xdr.ts';

const NAME = 'messageDisposition';

/** The disposition that a document is, written into the request or as a file of XML; undefined when it is another thing. */
export function dispositionIn(content: DocumentContent): SoapElement | undefined {
  if (content.kind === 'disposition') return content.element;
  const { bytes } = content;
  if (bytes.length > XDR_LIMITS.dispositionBytes || !Buffer.from(bytes).includes(NAME)) {
    return undefined;
  }
  const tree = growSoapTree();
  const bounds = { doctype: 'refused', maxBytes: XDR_LIMITS.dispositionBytes } as const;
  const broken = grow(tree, bytes, bounds);
  return broken === undefined ? onlyChild(tree.root, DIRECT, NAME) : undefined;
}

const NC_NAME = /^[\p{L}_][\p{L}\p{N}\p{M}._-]*$/u;
const MAX_REASON = 200;

/**
 * A reason that is no name is left out: what became of the copy is said without it.
 *
 * @failure package/bad-metadata
 */
export function readDisposition(element: SoapElement): Outcome<MessageDisposition> {
  const said = (name: string): string => onlyChild(element, DIRECT, name)?.text.trim() ?? '';
  const recipient = addressIn(said('recipient'));
  const disposition = said('disposition').toLowerCase();
  if (!recipient) return fail('package/bad-metadata', 'the recipient of a disposition');
  if (disposition !== 'success' && disposition !== 'failure')
    return fail('package/bad-metadata', 'a disposition of another kind');
  const reason = oneLine(said('reasonForFailure'), MAX_REASON);
  return done({
    recipient,
    disposition,
    ...(NC_NAME.test(reason) && { reasonForFailure: reason }),
  });
}
