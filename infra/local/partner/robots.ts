import type { Answer } from './notice.ts';
import type { NoticeForm } from './notice-form.ts';

const PROCESSED: Answer = { says: 'processed' };
const DISPATCHED: Answer = { says: 'dispatched' };
const FAILED: Answer = { says: 'failed' };

/** What the mailboxes of the certification tool answer with, by their local parts. */
const ROBOTS: Readonly<Record<string, readonly Answer[]>> = {
  processedonly5: [PROCESSED],
  processeddispatched6: [PROCESSED, DISPATCHED],
  processdelayeddispatch7: [PROCESSED, { ...DISPATCHED, afterMinutes: 65 }],
  processdelayeddispatch30min: [PROCESSED, { ...DISPATCHED, afterMinutes: 30 }],
  dispatchedonly: [DISPATCHED],
  nomdn8: [],
  noaddressfailure9: [FAILED],
  processedfailure: [PROCESSED, FAILED],
  processedfailuretest: [PROCESSED, { ...FAILED, form: 'space-before-type' }],
  processedtimeoutfailure: [PROCESSED, { ...FAILED, afterMinutes: 65 }],
  white_space_mdn: inForm('spaces-before-colons'),
  extra_line_break_mdn: inForm('folded-fields'),
  extra_space_disposition: inForm('spaces-in-disposition'),
  missing_disposition: inForm('no-disposition'),
  null_sender: inForm('null-sender'),
  different_sender: inForm('different-sender'),
  different_msgid: inForm('different-message-id'),
  white_space_822: inForm('spaces-before-colons-of-header'),
  different_cases_822: inForm('lower-case-header'),
  dsn: [{ says: 'delivered', form: 'one-block' }],
};

function inForm(form: NoticeForm): readonly Answer[] {
  return [
    { ...PROCESSED, form },
    { ...DISPATCHED, form },
  ];
}

/** Mailboxes whose delay stands in their name. */
const DELAYED = /^(?:processdelayeddispatch|delaydispatched)([1-9][0-9]{0,3})$/;

/**
 * The answers of a robot, or nothing when the local part is the name of none. `-plain` at the end has them neither
 * signed nor encrypted.
 */
export function robotAnswers(local: string): readonly Answer[] | undefined {
  const bare = local.replace(/-plain$/, '');
  const [, minutes] = DELAYED.exec(bare) ?? [];
  const named = Object.hasOwn(ROBOTS, bare) ? ROBOTS[bare] : undefined;
  const delayed = [PROCESSED, { ...DISPATCHED, afterMinutes: Number(minutes) }];
  const answers = named ?? (minutes === undefined ? undefined : delayed);
  return bare === local ? answers : answers?.map((each) => ({ ...each, plain: true }));
}
