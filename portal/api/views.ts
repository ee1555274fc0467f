import type * as z from 'zod';
import type { ConsentView as Consent } from '../../shared/consent/view.ts';
import type { PlacesView } from '../../shared/discover/places/view.ts';
import type { PatientView as Patient } from '../../shared/patient/view.ts';
import type { ActivityView } from '../../shared/report/activity/view.ts';
import type { LeavingSchema, LineSchema } from '../../shared/status/view-schema.ts';
import type { RequestView, WholeRequestView } from '../../shared/transmit-request/view-schema.ts';
import type { ReachabilityView } from '../../shared/trust/reachability-view.ts';

/** What the API answers, as its own schemas have it: types only, nothing of them is in the bundle. */

export interface ConsentText {
  readonly language: string;
  readonly version: string;
  readonly sha256: string;
  /** In Markdown. */
  readonly text: string;
}

export type PatientView = Patient;
export type ConsentView = z.output<typeof Consent>;
export type RecordedConsent = ConsentView & { readonly runningRequests?: readonly string[] };
export type Reachability = z.output<typeof ReachabilityView>;
export type Request = z.output<typeof RequestView>;
type WholeRequest = z.output<typeof WholeRequestView>;
export type CreatedRequest = WholeRequest & { readonly reachability: readonly Reachability[] };
export type Copy = z.output<typeof LineSchema>;
export type Leaving = z.output<typeof LeavingSchema>;
export type ActivityLine = ActivityView;
export type Places = PlacesView;
export type Place = PlacesView['places'][number];
