import { DELIVERED, FAILED, oneCopy, UNCONFIRMED, UNPROCESSED, type EttCase } from './ett-case.ts';

/** By the name of the robot: why, and what becomes of a copy to it. */
const EXPECTED: readonly (readonly [robot: string, about: string, expected: string])[] = [
  ['processdelayeddispatch30min', 'dispatched comes in time', 'delivered, after 30 min'],
  ['delaydispatched45', 'dispatched comes in time', 'delivered, after 45 min'],
  ['delaydispatched61', 'dispatched comes a minute late', `${UNCONFIRMED}, 1 late`],
  ['dispatchedonly', 'processed never comes', UNPROCESSED],
  ['noaddressfailure9', 'a failure at once', FAILED],
  ['processedfailure', 'a failure after processed', FAILED],
  ['processedfailuretest', 'a failure with a blank before its word', FAILED],
  ['processedtimeoutfailure', 'a failure that comes late', `${UNCONFIRMED}, 1 late`],
  ['white_space_mdn', 'blanks before colons of the report', DELIVERED],
  ['extra_line_break_mdn', 'folded fields of the report', DELIVERED],
  ['extra_space_disposition', 'blanks in the disposition', DELIVERED],
  ['missing_disposition', 'a report that says nothing', UNPROCESSED],
  ['null_sender', 'nobody in the envelope', DELIVERED],
  ['different_sender', 'Sender is somebody else than From', DELIVERED],
  ['different_msgid', 'another Message-ID outside than within', DELIVERED],
  ['white_space_822', 'blanks before colons of the header', DELIVERED],
  ['different_cases_822', 'a header in lower case', DELIVERED],
  ['dsn', 'a DSN is no notice of the mailbox', UNPROCESSED],
  ['dispatchedonly-plain', 'nobody signed it', UNPROCESSED],
  ['noaddressfailure9-plain', 'nobody signed it', UNPROCESSED],
];

/** The robots that no case names, each as a case of its own. */
export const ROBOTS: readonly EttCase[] = EXPECTED.map(([robot, about, expected]) => ({
  id: robot,
  about,
  expected,
  run: () => oneCopy(robot),
}));
