import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerCall, WorkerSetup } from './worker-protocol.ts';

/**
 * The inside of one execution environment: loads the bundle once, then answers one event at a time.
 * The environment variables were set by the pool; nothing else of the parent is visible to the function.
 */
type Handler = (event: unknown, context: object) => unknown;

const setup = workerData as WorkerSetup;
const port = parentPort;
if (!port) throw new Error('worker.ts runs in a worker thread');

const load = async (): Promise<Handler> => {
  const bundle = (await import(pathToFileURL(setup.file).href)) as Record<string, unknown>;
  const handler = bundle[setup.exportName];
  if (typeof handler !== 'function') throw new Error(`${setup.exportName} is not a function`);
  return handler as Handler;
};

const described = (error: unknown): string =>
  JSON.stringify(
    error instanceof Error
      ? { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') }
      : { errorType: 'Error', errorMessage: String(error) },
  );

const contextOf = (requestId: string, endsAt: number): object => ({
  functionName: setup.functionName,
  functionVersion: '$LATEST',
  invokedFunctionArn: setup.functionArn,
  memoryLimitInMB: String(setup.memoryMegabytes),
  awsRequestId: requestId,
  logGroupName: `/aws/lambda/${setup.functionName}`,
  logStreamName: 'local',
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => Math.max(0, endsAt - Date.now()),
});

try {
  const handler = await load();
  port.on('message', (call: WorkerCall) => {
    void (async () => {
      try {
        const result = await handler(
          JSON.parse(call.payload),
          contextOf(call.requestId, call.endsAt),
        );
        port.postMessage({ kind: 'result', payload: JSON.stringify(result) ?? 'null' });
      } catch (error) {
        port.postMessage({ kind: 'error', payload: described(error) });
      }
    })();
  });
  port.postMessage({ kind: 'ready' });
} catch (error) {
  port.postMessage({ kind: 'broken', payload: described(error) });
}
