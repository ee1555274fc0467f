import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { REQUEST_HANDLER } from '../../../shared/adapters/request-handler.ts';
import { CommandError } from '../command.ts';
import { CHANGED, type SecretStore } from './secret-store.ts';

const CURRENT = 'AWSCURRENT';
/** A version that nobody reads yet. */
const NEXT = 'direct-transmit-next';

/** The identity secret in Secrets Manager. */
export const secretInManager = (id: string): SecretStore => ({
  place: id,
  async read() {
    const client = new SecretsManagerClient({ requestHandler: REQUEST_HANDLER });
    const { SecretString: text, VersionId: version } = await said(id, () =>
      client.send(new GetSecretValueCommand({ SecretId: id, VersionStage: CURRENT })),
    );
    if (!text || !version) throw new CommandError(`${id} holds no text.`);
    return { text, replace: (next) => replace(client, id, version, next) };
  },
});

/**
 * The new version is put beside the current one first. The label by which functions read is then moved, and only if it
 * is still where it was: AWS refuses to take it from another version than the one named.
 */
async function replace(
  client: SecretsManagerClient,
  id: string,
  version: string,
  text: string,
): Promise<void> {
  const put = new PutSecretValueCommand({
    SecretId: id,
    SecretString: text,
    VersionStages: [NEXT],
  });
  const { VersionId: next } = await said(id, () => client.send(put));
  const move = { SecretId: id, VersionStage: CURRENT, MoveToVersionId: next, RemoveFromVersionId: version }; // prettier-ignore
  const moved = await client.send(new UpdateSecretVersionStageCommand(move)).catch(nameOf);
  // Without a label a version is forgotten by AWS; with the other one it is current.
  await client
    .send(
      new UpdateSecretVersionStageCommand({
        SecretId: id,
        VersionStage: NEXT,
        RemoveFromVersionId: next,
      }),
    ) // prettier-ignore
    .catch(nameOf);
  if (typeof moved !== 'string') return;
  const why = moved === 'InvalidParameterException' || moved === 'InvalidRequestException';
  throw new CommandError(why ? `${id} ${CHANGED}` : `${id} was not changed: ${moved}.`);
}

/** What AWS says beside the name of an error may quote what it was given. */
const said = <T>(id: string, ask: () => Promise<T>): Promise<T> =>
  ask().catch((error: unknown) => {
    throw new CommandError(`${id}: Secrets Manager answered ${nameOf(error)}.`);
  });

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'an error');
