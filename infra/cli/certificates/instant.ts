import * as z from 'zod';

/** A time of RFC 3339, or a day. */
export const Instant = z.union([z.iso.datetime({ offset: true, local: true }), z.iso.date()]);

/** What has no zone is UTC, and a day begins at midnight. */
export const instantOf = (text: string): Date =>
  new Date(/T.*(?:Z|[+-]\d\d:?\d\d)$/.test(text) || !text.includes('T') ? text : `${text}Z`);
