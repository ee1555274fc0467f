import { EqualityFilter, PresenceFilter, SearchRequest, UnbindRequest } from 'ldapts';

export interface Search {
  /** A distinguished name as the server writes it; empty for the root. */
  readonly base: string;
  /** Absent: the entry `base` itself and nothing below. */
  readonly mail?: string;
  readonly attributes: readonly string[];
}

/** More entries than this are refused: nobody publishes so many certificates of one address. */
const MAX_ENTRIES = 50;
const TIME_LIMIT_SECONDS = 5;

/** A SearchRequest. The text looked for is a value in it and no part of a filter's syntax: nothing needs escaping. */
export const encodeSearch = (id: number, { base, mail, attributes }: Search): Buffer =>
  new SearchRequest({
    messageId: id,
    baseDN: base,
    scope: mail === undefined ? 'base' : 'sub',
    derefAliases: 'never',
    sizeLimit: MAX_ENTRIES,
    timeLimit: TIME_LIMIT_SECONDS,
    filter:
      mail === undefined
        ? new PresenceFilter({ attribute: 'objectClass' })
        : new EqualityFilter({ attribute: 'mail', value: mail }),
    attributes: [...attributes],
  }).write();

export const encodeUnbind = (id: number): Buffer => new UnbindRequest({ messageId: id }).write();
