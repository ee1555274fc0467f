import { randomInt } from 'node:crypto';
import {
  decode,
  encode,
  RECURSION_DESIRED,
  type Answer,
  type BufferAnswer,
  type DecodedPacket,
  type OptAnswer,
  type StringAnswer,
} from 'dns-packet';
import type { CertRecord } from '../discover/directory.ts';
import { readCertRdata } from '../discover/dns-cert.ts';
import { done, fail, type Outcome } from '../outcome.ts';

/** Fits one unfragmented datagram on every path; larger answers come by TCP. */
const UDP_PAYLOAD_BYTES = 1232;
const MAX_RECORDS = 200;
const MAX_ALIASES = 8;
const RCODE = {
  noError: 0,
  formatError: 1,
  serverFailure: 2,
  noSuchName: 3,
  notDone: 4,
  refused: 5,
};

const OPT: OptAnswer = {
  type: 'OPT',
  name: '.',
  udpPayloadSize: UDP_PAYLOAD_BYTES,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
};

/** One question for the CERT records of a name; its id is used once. */
export interface Query {
  readonly id: number;
  readonly name: string;
  readonly edns: boolean;
  readonly bytes: Buffer;
}

/** What a message that came back means for the query. */
export type Reading =
  /** It answers something else, so the answer is still to come. */
  | { readonly kind: 'stray' }
  /** The answer is longer than a datagram: ask again by TCP. */
  | { readonly kind: 'truncated' }
  /** The server does not know EDNS: ask again without. */
  | { readonly kind: 'edns-unknown' }
  | { readonly kind: 'final'; readonly outcome: Outcome<readonly CertRecord[]> };

/** @param name one that `isDnsName` accepts: the encoder checks nothing and would cut or corrupt others */
export function newQuery(name: string, edns: boolean): Query {
  const id = randomInt(0x10000);
  const bytes = encode({
    type: 'query',
    id,
    flags: RECURSION_DESIRED,
    questions: [{ type: 'CERT', name }],
    additionals: edns ? [OPT] : [],
  });
  return { id, name, edns, bytes };
}

/** Reads a message as the answer to a query. Never throws, whatever the bytes. */
export function readAnswer(message: Buffer, query: Query): Reading {
  if (message.length < 12 || message.readUInt16BE(0) !== query.id) return { kind: 'stray' };
  const flags = message.readUInt16BE(2);
  if ((flags & 0x8000) === 0) return { kind: 'stray' };
  const rcode = flags & 15;
  // Such an answer may come without the question, and what it says costs only another query.
  if (rcode === RCODE.formatError && query.edns) return { kind: 'edns-unknown' };
  const truncated = (flags & 0x0200) !== 0;
  const packet = decodeBounded(truncated ? questionOnly(message) : message);
  if (!packet) return final(fail('discover/malformed'));
  if (!asksFor(packet, query.name)) return { kind: 'stray' };
  return truncated ? { kind: 'truncated' } : final(read(packet, rcode, query.name));
}

const final = (outcome: Outcome<readonly CertRecord[]>): Reading => ({ kind: 'final', outcome });

/** A truncated message may end anywhere after its question; its counts are set so that only that is read. */
function questionOnly(message: Buffer): Buffer {
  const copy = Buffer.from(message);
  return copy.fill(0, 6, 12);
}

function decodeBounded(message: Buffer): DecodedPacket | undefined {
  const counts = [6, 8, 10].map((offset) => message.readUInt16BE(offset));
  if (message.readUInt16BE(4) !== 1 || counts.some((count) => count > MAX_RECORDS))
    return undefined;
  try {
    const packet = decode(message);
    // The decoder does not notice a last record that claims more bytes than there are.
    return decode.bytes > message.length ? undefined : packet;
  } catch {
    return undefined;
  }
}

function asksFor({ questions }: DecodedPacket, name: string): boolean {
  const [question] = questions ?? [];
  return (
    question !== undefined &&
    (question.type as string) === 'CERT' &&
    question.class === 'IN' &&
    sameName(question.name, name)
  );
}

function read(packet: DecodedPacket, rcode: number, name: string): Outcome<readonly CertRecord[]> {
  if (rcode === RCODE.noSuchName) return done([]);
  if (rcode === RCODE.serverFailure) return fail('discover/unreachable');
  if (rcode === RCODE.refused || rcode === RCODE.notDone) return fail('discover/refused');
  if (rcode !== RCODE.noError) return fail('discover/malformed');
  const answers = packet.answers ?? [];
  const owner = ownerOf(name, answers);
  if (owner === undefined) return fail('discover/malformed');
  const records = answers
    .filter((answer): answer is BufferAnswer => (answer.type as string) === 'CERT')
    .filter((answer) => sameName(answer.name, owner))
    .map(({ data }) => readCertRdata(data));
  const readable = records.filter((record) => record !== undefined);
  return readable.length === records.length ? done(readable) : fail('discover/malformed');
}

/** The name at the end of the answer's CNAMEs; undefined when they never end. */
function ownerOf(name: string, answers: readonly Answer[]): string | undefined {
  let owner = name;
  for (let hops = 0; hops <= MAX_ALIASES; hops++) {
    const alias = answers.find(
      (answer): answer is StringAnswer => answer.type === 'CNAME' && sameName(answer.name, owner),
    );
    if (!alias) return owner;
    owner = alias.data;
  }
  return undefined;
}

const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
