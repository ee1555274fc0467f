import { randomUUID } from 'node:crypto';
import type { Asking } from './asking.ts';
import type { DescribedOperation } from './operations.ts';

/** One call of an operation, and which statuses will do. */
export interface OpenApiCase {
  readonly id: string;
  readonly operation: DescribedOperation;
  readonly asking: Asking;
  /** Statuses, or what they begin with. */
  readonly expected: readonly number[] | 'success';
}

/** What a new copy and a made-up request cannot be asked for with success; the refusal that it is, is told too. */
const REFUSED_AS_EXAMPLE: Readonly<Record<string, readonly number[]>> = {
  // Nothing waits for another attempt of a copy that has just left.
  'POST /v1/transmissions/{transmissionId}/retry': [200, 409],
  // Nobody knows of an attempt that it may have left.
  'POST /v1/transmissions/{transmissionId}/resolve': [200, 409],
  // An example of a whole request is longer than the document.
  'POST /v1/xdr': [400],
  // Nothing of it is paused.
  'POST /v1/patients/{patientId}/transmit-requests/{requestId}/resume': [200, 409],
  // Only one other registration could be merged, and there is none.
  'POST /v1/patients/{patientId}/merge': [404],
};

export const casesOf = (operation: DescribedOperation): readonly OpenApiCase[] => [
  ...asTold(operation),
  ...(operation.kinds.includes('any') ? [] : byOthers(operation)),
  ...withNames(operation),
  ...withBodies(operation),
  ...withoutHeaders(operation),
];

const one = (
  operation: DescribedOperation,
  about: string,
  asking: Asking,
  expected: OpenApiCase['expected'],
): OpenApiCase => ({ id: `${operation.key}: ${about}`, operation, asking, expected });

/** With each kind of content, by each kind of caller. */
function asTold(operation: DescribedOperation): readonly OpenApiCase[] {
  const types = Object.keys(operation.content);
  const expected = REFUSED_AS_EXAMPLE[operation.key] ?? 'success';
  const byType = (types.length === 0 ? [undefined] : types).map((type) =>
    one(operation, type ?? 'as told', type === undefined ? {} : { type }, expected),
  );
  return byType;
}

const byOthers = (operation: DescribedOperation): readonly OpenApiCase[] => {
  const other = ['system', 'patient', 'admin'].find((kind) => !operation.kinds.includes(kind));
  const noToken = operation.key === 'POST /v1/xdr' ? [401, 403] : [401];
  return [
    one(operation, 'nobody', { by: 'nobody' }, noToken),
    one(operation, 'a token of nobody', { by: 'stranger' }, [403]),
    one(operation, 'without its scopes', { scopes: ['nothing.read'] }, [403]),
    ...(other
      ? [one(operation, `by ${other}`, { by: other as never, scopes: operation.scopes }, [403])]
      : []),
  ];
};

/** Of nothing that there is, and of nothing that there could be. */
const withNames = (operation: DescribedOperation): readonly OpenApiCase[] =>
  operation.params.flatMap((name) => {
    const isWhose = name === 'patientId';
    const bound = isWhose && ['patient', 'representative'].includes(operation.kinds[0] ?? '');
    return ['no such name', `nobody-${randomUUID()}`].map((value) =>
      one(
        operation,
        `${name} is ${value.startsWith('nobody') ? 'unknown' : value}`,
        { params: { [name]: value } },
        bound
          ? [403]
          : operation.method === 'PUT' || operation.method === 'DELETE'
            ? [200, 201, 204, 400, 404, 422]
            : [400, 404],
      ),
    );
  });

function withBodies(operation: DescribedOperation): readonly OpenApiCase[] {
  const types = Object.keys(operation.content);
  const type = types.find((each) => each.endsWith('json'));
  if (types.length === 0) return [];
  const odd = one(
    operation,
    'of a type that is not told',
    { type: 'image/x-none', body: 'x' },
    [400, 415],
  );
  if (type === undefined) return [odd];
  // A document says with 422 what is wrong with it.
  const isDocument = operation.path.endsWith('/documents/{documentId}');
  const bad = (about: string, body: string | Uint8Array, expected: readonly number[]) =>
    one(operation, about, { type, body }, isDocument ? [...expected, 422] : expected);
  return [
    odd,
    bad('no JSON', '{', [400]),
    bad('no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), [400]),
    bad('another kind of value', '[]', [400]),
    bad('a name that changes others', '{"__proto__":{"a":1}}', [400]),
    bad('too deep', `{"a":${'['.repeat(100)}${']'.repeat(100)}}`, [400]),
    bad('too large', JSON.stringify({ a: 'x'.repeat(1_100_000) }), [413]),
    bad('beyond the gateway', JSON.stringify({ a: 'x'.repeat(10_600_000) }), [413]),
  ];
}

const withoutHeaders = (operation: DescribedOperation): readonly OpenApiCase[] => [
  ...(operation.idempotent
    ? [
        one(operation, 'without a key', { headers: { 'idempotency-key': undefined } }, [400]),
        one(operation, 'with a key that is none', { headers: { 'idempotency-key': 'é"' } }, [400]),
      ]
    : []),
  ...(operation.ifMatch
    ? [
        one(operation, 'without If-Match', { headers: { 'if-match': undefined } }, [428]),
        one(operation, 'of another version', { headers: { 'if-match': '"none"' } }, [412]),
      ]
    : []),
];
