import { actedFor, type ActedForPorts } from '../../shared/consent/acted-for.ts';
import type { Cursors } from '../../shared/cursors.ts';
import type { Answer, Call } from '../../shared/edge/http/call.ts';
import { answerPage } from '../../shared/edge/http/page.ts';
import { type HttpPorts, onHttp } from '../../shared/edge/http.ts';
import { done, type Outcome } from '../../shared/outcome.ts';
import type { Paging } from '../../shared/page.ts';
import { activityPage, type ActivityPorts } from '../../shared/report/activity/log.ts';
import { viewOfActivity } from '../../shared/report/activity/view.ts';
import { ROUTES } from './route.ts';

export interface LogPorts extends HttpPorts, ActedForPorts, ActivityPorts {
  readonly cursors: Cursors;
}

/** What was done with the record of a patient, for whoever may ask in the patient's name. */
export const makeHandler = (ports: LogPorts) =>
  onHttp(ROUTES, { 'GET /v1/patients/{patientId}/activity': (call) => read(call, ports) }, ports);

async function read(call: Call, ports: LogPorts): Promise<Outcome<Answer>> {
  const patient = await actedFor(call, ports);
  if (!patient.ok) return patient;
  const { key } = patient.value;
  const { principal, language } = call;
  const list = { name: 'activity', of: key, cursors: ports.cursors };
  const pages = (paging: Paging) => activityPage(key, paging, ports);
  const page = await answerPage(call, list, pages, (each) =>
    viewOfActivity(each, principal, language),
  );
  return page.ok ? done({ ...page.value, language }) : page;
}
