import * as z from 'zod';
import type { Actor } from '../../consent/consent.ts';
import type { Language } from '../../language.ts';
import { saysOf } from '../../says-of.ts';
import { ACTIONS, type Activity } from './activity.ts';
import { sentenceOfAction } from './sentences.ts';

/** Who did something, as a reader of the log is told: nobody's subject is shown to anybody. */
const WHO = ['you', 'patient', 'representative', 'provider', 'data-holder', 'system'] as const;

type Who = (typeof WHO)[number];

export const ActivityView = z.strictObject({
  at: z.iso.datetime(),
  action: z.enum(ACTIONS),
  /** `you`: whoever reads it; `system`: nobody, it followed from what was asked for before. */
  who: z.strictObject({ kind: z.enum(WHO) }),
  /** Direct addresses. */
  addressees: z.array(z.string()),
  requestId: z.string().optional(),
  clientReference: z.string().optional(),
  transmissionId: z.string().optional(),
  code: z.string().optional(),
  sentence: z.string(),
});

export type ActivityView = z.infer<typeof ActivityView>;

/** @param reader whoever reads the log */
export const viewOfActivity = (
  { at, action, addressees, requestId, clientReference, transmissionId, by, code }: Activity,
  reader: Pick<Actor, 'kind' | 'subject'>,
  language: Language,
): ActivityView => {
  const sentence = sentenceOfAction(action, language);
  return {
    at,
    action,
    who: { kind: whoOf(by, reader) },
    addressees: [...addressees],
    ...(requestId !== undefined && { requestId }),
    ...(clientReference !== undefined && { clientReference }),
    ...(transmissionId !== undefined && { transmissionId }),
    ...(code !== undefined && { code }),
    sentence: code === undefined ? sentence : `${sentence} ${saysOf(code, language)}`,
  };
};

function whoOf(by: Actor | undefined, reader: Pick<Actor, 'kind' | 'subject'>): Who {
  if (by === undefined) return 'system';
  if (by.kind === reader.kind && by.subject === reader.subject) return 'you';
  return by.kind === 'system' || by.kind === 'admin' ? 'data-holder' : by.kind;
}
