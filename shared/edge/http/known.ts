import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Answer } from './call.ts';

/**
 * What the caller knows already is not sent again: of a GET whose answer has an ETag that If-None-Match names.
 *
 * @see RFC 9110 sections 13.1.2 (compared weakly) and 15.4.5
 */
export function unlessKnown(
  { routeKey, headers }: Pick<APIGatewayProxyEventV2, 'routeKey' | 'headers'>,
  answer: Answer,
): Answer {
  const etag = answer.headers?.['etag'];
  const known = headers['if-none-match'];
  if (etag === undefined || known === undefined || !routeKey.startsWith('GET ')) return answer;
  const isKnown = tagsIn(known).some((each) => each === '*' || opaque(each) === opaque(etag));
  if (answer.status !== 200 || !isKnown) return answer;
  return { status: 304, headers: answer.headers ?? {} };
}

/** None of ours has a comma in it. */
const tagsIn = (header: string): readonly string[] => header.split(',').map((each) => each.trim());

const opaque = (tag: string): string => tag.replace(/^W\//, '');
