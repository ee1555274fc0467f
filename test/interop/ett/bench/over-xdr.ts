import type { DirectAddress, MessageId } from '../../../../shared/ids.ts';
import { requestOf } from '../../../../shared/adapters/xdr/entity.ts';
import { dispositionXdr } from '../../../../shared/package/xdr/disposition.ts';
import { packageXdr } from '../../../../shared/package/xdr/package-xdr.ts';
import { SENDER, SYSTEM } from '../../../lambdas/http-world.ts';
import { share } from '../../../lambdas/steps.ts';
import { postBytes } from '../../../lambdas/xdr/xdr-world.ts';
import { preparedInput } from '../../../package/xdr/requests.ts';
import { sampleCcda } from '../../../support/ccda.ts';
import { discharge, readyToShare, transmission } from '../../../support/one-record.ts';
import { RECIPIENT, type WholePath } from '../../../support/whole-path.ts';
import { DELIVERED, UNCONFIRMED, UNPROCESSED, type EttCase } from './ett-case.ts';
import { becameOf, EDGE, ettBench, UNPUBLISHED, UNTRUSTED, type EttBench } from './test-bench.ts';

/** The cases of message tracking in which the edge speaks XDR; what is told of the end goes back the same way. */
export const OVER_XDR: readonly EttCase[] = [
  ...['XDR MT13', 'XDR MT32'].map((id) => ({
    id,
    about: 'a bad address, turned away by its mail server',
    expected: 'Success; failed, deliver/refused, after 0 min',
    run: () => submitted(`badaddress@${EDGE}`, ({ path }) => path.relay.behave('refuses')),
  })),
  {
    id: 'XDR MT13 at once',
    about: 'what is no address is refused before anything is taken',
    expected: 'package/bad-addressing; nothing sent',
    run: () => refused('no address'),
  },
  ...['XDR MT14', 'XDR MT33'].map((id) => ({
    id,
    about: 'a HISP that is not trusted',
    expected: 'Success; failed, trust/no-anchor, after 0 min',
    run: () => submitted(`provider1@${UNTRUSTED}`),
  })),
  ...['XDR MT15', 'XDR MT34'].map((id) => ({
    id,
    about: 'a certificate that is not published',
    expected: 'Success; failed, discover/no-certificate, after 0 min',
    run: () => submitted(`failure15@${UNPUBLISHED}`),
  })),
  ...['XDR MT16', 'XDR MT35', 'XDR MT37'].map((id) => ({
    id,
    about: 'no processed notice',
    expected: `Success; ${UNPROCESSED}`,
    run: () => submitted(`nomdn8@${EDGE}`),
  })),
  {
    id: 'XDR MT36',
    about: 'no dispatched notice',
    expected: `Success; ${UNCONFIRMED}`,
    run: () => submitted(`processedonly5@${EDGE}`),
  },
  {
    id: 'XDR MT38',
    about: 'both notices',
    expected: `Success; ${DELIVERED}`,
    run: () => submitted(`processeddispatched6@${EDGE}`),
  },
  ...(['success', 'failure'] as const).map((disposition) => ({
    id: disposition === 'success' ? 'XDR MT20a' : 'XDR MT20b',
    about: `the edge is told of a ${disposition}`,
    expected:
      disposition === 'success'
        ? 'Success; delivered, after 0 min'
        : 'Success; failed, notification/hisp-failed, after 0 min',
    run: () => told(disposition),
  })),
];

/** The edge posts one request for one recipient, for whom the patient has asked, and seventy-five minutes pass. */
async function submitted(
  to: string,
  before: (bench: EttBench) => void = () => undefined,
): Promise<string> {
  const bench = await ettBench();
  before(bench);
  const json = { addresses: [to], frequency: 'on-update', sendNow: false };
  await share(bench.path, { json });
  const said = await posted(bench.path, to);
  await bench.path.settle();
  await bench.pass(75);
  return `${said}; ${becameOf(await bench.copyTo(to))}`;
}

async function refused(to: string): Promise<string> {
  const { path } = await ettBench();
  const said = await posted(path, to);
  await path.settle();
  return `${said}; ${path.relay.taken.length === 0 ? 'nothing' : 'something'} sent`;
}

async function posted(path: WholePath, to: string): Promise<string> {
  const [sender] = path.settings.senders;
  if (sender === undefined) throw new Error('There is no sender');
  const input = { ...preparedInput(sampleCcda()), sender, recipient: to as DirectAddress };
  const endpoint = 'https://api.example/v1/xdr';
  const bundle = packageXdr(input, { messageId: 'edge-1@edge.example' as MessageId, endpoint });
  if (!bundle.ok) throw new Error(bundle.failure.code);
  return posting(path, bundle.value.entity);
}

/** Somebody else's HISP tells us, its edge, what became of what it was given. */
async function told(disposition: 'success' | 'failure'): Promise<string> {
  const path = await readyToShare({ hisp: { clients: [SYSTEM.subject] } });
  Object.assign(path.relay, { form: 'xdr', endpoint: 'https://hisp.example/xdr' });
  await discharge(path);
  const { timeline } = await transmission(path);
  const intent = timeline.find(({ kind }: { kind: string }) => kind === 'intent');
  const report = dispositionXdr(
    { recipient: RECIPIENT as DirectAddress, disposition },
    {
      messageId: 'hisp-1@hisp.example' as MessageId,
      relatesTo: `mid:${intent.messageId}`,
      from: 'postmaster@hisp.example' as DirectAddress,
      to: SENDER as DirectAddress,
      endpoint: 'https://api.example/v1/xdr',
    },
  );
  const said = await posting(path, report);
  return `${said}; ${becameOf(await transmission(path))}`;
}

async function posting(path: WholePath, entity: Uint8Array): Promise<string> {
  const { contentType, body } = requestOf(entity);
  return (await postBytes(path, contentType, body)).outcome;
}
