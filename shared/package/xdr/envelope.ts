import { done, fail, type Outcome } from '../../outcome.ts';
import { grow } from '../read/bounded-xml.ts';
import { XDR_LIMITS } from './limits.ts';
import { DESTINATION, DIRECT, SOAP, WSA } from './names.ts';
import { childrenOf, growSoapTree, onlyChild, type SoapElement } from './soap-tree.ts';

/** A SOAP 1.2 message: its header, if it has one, and the one element of its body. */
export interface Envelope {
  readonly header: SoapElement | undefined;
  readonly content: SoapElement;
}

/**
 * Reads a SOAP message, and makes sure that nothing in its header asks for more than is done here.
 *
 * @failure package/bad-soap, package/not-understood
 * @see SOAP 1.2 part 1, sections 2.4 and 5
 */
export function readEnvelope(bytes: Uint8Array): Outcome<Envelope> {
  const tree = growSoapTree();
  const broken = grow(tree, bytes, { doctype: 'refused', maxBytes: XDR_LIMITS.soapBytes });
  if (broken !== undefined) return bad(broken);
  const envelope = onlyChild(tree.root, SOAP, 'Envelope');
  const header = onlyChild(envelope, SOAP, 'Header');
  const body = onlyChild(envelope, SOAP, 'Body');
  const names = envelope?.children.map(({ name }) => name).join(' ');
  if (!body || (names !== 'Header Body' && names !== 'Body')) return bad('no envelope');
  const [content, ...more] = body.children;
  if (!content || more.length > 0) return bad(`${body.children.length} elements in the body`);
  const strange = header?.children.some((block) => isForUs(block) && !isUnderstood(block));
  return strange === true ? fail('package/not-understood') : done({ header, content });
}

const UNDERSTOOD = new Map([
  [WSA, ['To', 'From', 'ReplyTo', 'FaultTo', 'Action', 'MessageID', 'RelatesTo']],
  [DIRECT, ['metadata-level', 'addressBlock']],
]);

const isUnderstood = ({ namespace, name }: SoapElement): boolean =>
  UNDERSTOOD.get(namespace)?.includes(name) ?? false;

/** Who processes the body processes what is addressed to the last one, and to the next one. */
const OUR_ROLES = ['', DESTINATION, `${SOAP}/role/next`, `${SOAP}/role/ultimateReceiver`];

const isForUs = ({ attributes }: SoapElement): boolean =>
  ['true', '1'].includes((attributes[`{${SOAP}}mustUnderstand`] ?? '').trim()) &&
  OUR_ROLES.includes((attributes[`{${SOAP}}role`] ?? '').trim());

const ANONYMOUS = `${WSA}/anonymous`;
const MESSAGE_ID = /^[\x21-\x7e]{1,500}$/;

/** What WS-Addressing says of a request. */
export interface Addressed {
  readonly action: string;
  readonly messageId: string;
}

/**
 * @failure package/bad-soap when something is missing or said twice, or the answer is to go elsewhere than back
 * @see WS-Addressing 1.0 SOAP Binding, sections 3 and 5
 */
export function readAddressed({ header }: Envelope): Outcome<Addressed> {
  const action = onlyChild(header, WSA, 'Action')?.text.trim();
  const messageId = onlyChild(header, WSA, 'MessageID')?.text.trim() ?? '';
  if (action === undefined || !MESSAGE_ID.test(messageId)) return bad('Action or MessageID');
  for (const name of ['ReplyTo', 'FaultTo']) {
    const to = childrenOf(header, WSA, name).flatMap((each) => childrenOf(each, WSA, 'Address'));
    if (to.some(({ text }) => text.trim() !== ANONYMOUS)) return bad(name);
  }
  return done({ action, messageId });
}

const bad = (detail: string) => fail('package/bad-soap', detail);
