import { mediaTypeOf, withJson } from '../../shared/edge/http/body.ts';
import type { Answer, Call } from '../../shared/edge/http/call.ts';
import { type IntakePorts, onHttp } from '../../shared/edge/http.ts';
import { parseUploadId } from '../../shared/ids.ts';
import { done, fail, failAt, type Outcome } from '../../shared/outcome.ts';
import { viewOfUpload } from '../../shared/package/upload-view.ts';
import { documentTypeCalled } from '../../shared/record/document-type.ts';
import { askForUpload, type AskForUploadPorts } from '../../shared/record/upload/ask-for.ts';
import { UploadBody } from '../../shared/record/upload/body.ts';
import type { Settings } from '../../shared/settings.ts';
import { ROUTES } from './route.ts';

export interface UploadPorts extends IntakePorts, AskForUploadPorts {
  readonly settings: Pick<Settings, 'sensitive'>;
}

/** Lets systems post documents that are too large for a call, and says what became of them. */
export const makeHandler = (ports: UploadPorts) =>
  onHttp(
    ROUTES,
    {
      'POST /v1/records/uploads': withJson(UploadBody, (call, body) => ask(call, body, ports)),
      'GET /v1/records/uploads/{uploadId}': (call) => show(call, ports),
    },
    ports,
  );

async function ask(
  { principal }: Call,
  { type: mediaType, labels = {}, ...announced }: UploadBody,
  ports: UploadPorts,
): Promise<Outcome<Answer>> {
  const { type: contentType, charset = 'utf-8' } = mediaTypeOf(mediaType);
  const type = documentTypeCalled(contentType);
  if (type === undefined || charset !== 'utf-8') return fail('edge/unsupported-media');
  if (type === 'text/xml' && Object.keys(labels).length > 0) {
    return failAt('edge/malformed', [{ pointer: '/labels', code: 'document-says-it-itself' }]);
  }
  const asked = { ...announced, type, contentType, labels };
  const given = await askForUpload(asked, principal.subject, ports);
  if (!given.ok) return given;
  const { upload, form } = given.value;
  const { id: uploadId, expiresAt } = upload;
  const headers = { location: `/v1/records/uploads/${uploadId}` };
  return done({ status: 201, headers, body: { uploadId, ...form, expiresAt } });
}

/** To anybody but the system that asked for it, it does not exist. */
async function show(
  { params, principal, language }: Call,
  ports: UploadPorts,
): Promise<Outcome<Answer>> {
  const id = parseUploadId(params['uploadId'] ?? '');
  if (!id.ok) return id;
  const upload = await ports.uploads.get(id.value);
  if (!upload.ok) return upload;
  return upload.value.by === principal.subject
    ? done({ status: 200, body: viewOfUpload(upload.value, language, ports), language })
    : fail('record/unknown-upload');
}
