import type { Now } from '../../shared/clock.ts';
import type { Cursors } from '../../shared/cursors.ts';
import { withJson } from '../../shared/edge/http/body.ts';
import type { Answer, Call, KeyedCall } from '../../shared/edge/http/call.ts';
import { answerPage } from '../../shared/edge/http/page.ts';
import { type HttpPorts, onHttp } from '../../shared/edge/http.ts';
import { parseWebhookId, webhookIdOf } from '../../shared/ids.ts';
import { done, fail, type Outcome } from '../../shared/outcome.ts';
import { pagesOf, placeOf } from '../../shared/page.ts';
import type { Webhook } from '../../shared/report/webhook.ts';
import { WebhookBody } from '../../shared/report/webhook/body.ts';
import {
  askedForBy,
  newWebhook,
  parseTypes,
  sameWanted,
  withNextSecret,
} from '../../shared/report/webhook/changes.ts';
import type { WebhookPost } from '../../shared/report/webhook/post.ts';
import { secretOf } from '../../shared/report/webhook/secret.ts';
import type { WebhookStore } from '../../shared/report/webhook/store.ts';
import { badUrl, parseWebhookUrl } from '../../shared/report/webhook/url.ts';
import { viewOfWebhook } from '../../shared/report/webhook/view.ts';
import type { Settings } from '../../shared/settings.ts';
import { ROUTES } from './route.ts';

export interface WebhookPorts extends HttpPorts {
  readonly webhooks: WebhookStore;
  readonly cursors: Cursors;
  readonly isOpen: WebhookPost['isOpen'];
  readonly webhookSecret: () => Promise<string>;
  readonly settings: Pick<Settings, 'outboundLoopback'>;
  readonly now: Now;
}

/** Where the data holder wants to be told what became of its copies. */
export const makeHandler = (ports: WebhookPorts) =>
  onHttp(
    ROUTES,
    {
      'POST /v1/webhooks': withJson(WebhookBody, (call, body) => add(call, body, ports)),
      'GET /v1/webhooks': (call) => list(call, ports),
      'DELETE /v1/webhooks/{webhookId}': (call) => remove(call, ports),
      'POST /v1/webhooks/{webhookId}/rotate-secret': (call) => rotate(call, ports),
    },
    ports,
  );

async function add(
  { principal, idempotencyKey, isRepeat }: KeyedCall,
  body: WebhookBody,
  ports: WebhookPorts,
): Promise<Outcome<Answer>> {
  const url = parseWebhookUrl(body.url, ports.settings.outboundLoopback);
  if (!url.ok) return url;
  const types = body.types === undefined ? done(undefined) : parseTypes(body.types);
  if (!types.ok) return types;
  const wanted = { url: url.value, ...(types.value && { types: types.value }) };
  const id = webhookIdOf(principal.subject, idempotencyKey);
  const earlier = await ports.webhooks.get(id);
  // What was added and removed since, a repeat that comes late does not add again.
  if (!earlier.ok && isRepeat) return earlier;
  if (!earlier.ok && !(await ports.isOpen(url.value))) return badUrl('not-public');
  const kept = earlier.ok ? earlier : await ports.webhooks.add(newWebhook(id, wanted, ports.now()));
  if (!kept.ok) return kept;
  if (!sameWanted(kept.value, wanted)) return fail('edge/key-reused');
  return done({ ...(await withSecret(201, kept.value, ports)), replayed: earlier.ok });
}

const list = (call: Call, { webhooks, cursors }: WebhookPorts): Promise<Outcome<Answer>> => {
  const pages = pagesOf(() => webhooks.list(), place);
  return answerPage(call, { name: 'webhooks', cursors }, pages, viewOfWebhook);
};

const place = ({ createdAt, id }: Webhook): string => placeOf(createdAt, id);

async function remove({ params }: Call, { webhooks }: WebhookPorts): Promise<Outcome<Answer>> {
  const id = parseWebhookId(params['webhookId'] ?? '');
  const removed = id.ok ? await webhooks.remove(id.value) : id;
  return removed.ok ? done({ status: 204 }) : removed;
}

async function rotate(
  { params, principal, idempotencyKey }: KeyedCall,
  ports: WebhookPorts,
): Promise<Outcome<Answer>> {
  const id = parseWebhookId(params['webhookId'] ?? '');
  if (!id.ok) return id;
  const askedFor = askedForBy(principal.subject, idempotencyKey);
  const changed = await ports.webhooks.change(id.value, (webhook) =>
    withNextSecret(webhook, askedFor, ports.now()),
  );
  return changed.ok ? done(await withSecret(200, changed.value, ports)) : changed;
}

/** Nobody is shown the secret but whoever made the webhook or changed the secret. */
const withSecret = async (status: number, webhook: Webhook, ports: WebhookPorts) => ({
  status,
  body: { ...viewOfWebhook(webhook), secret: secretOf(webhook, await ports.webhookSecret()) },
});
