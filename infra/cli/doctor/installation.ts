import * as z from 'zod';
import { CommandError } from '../command.ts';
import { readInput } from '../command-line.ts';

/** Where the parts of an installation lie that the doctor looks into. Each may be unknown. */
export interface Deployed {
  /** ARNs or names. */
  readonly identitySecrets: readonly string[];
  readonly relaySecret?: string | undefined;
  readonly trustBucket?: string | undefined;
  /** What answers with the time that AWS has. */
  readonly clock?: string | undefined;
  /** Where mail for the senders is taken in, `host:port`, where that is no MX of theirs. */
  readonly mailDoor?: string | undefined;
  /** Whether it is the local system, around which SES is an endpoint of our own. */
  readonly isLocal?: boolean;
}

/** What `npm start` writes of the system that it runs, in the folder of the run. */
export const LocalInstallation = z.strictObject({
  settings: z.string(),
  relayUrl: z.string(),
  resolvers: z.string(),
  /** PEM, of the authority that vouches for the sender. */
  anchors: z.array(z.string()),
  identitySecrets: z.array(z.string()),
  relaySecret: z.string(),
  trustBucket: z.string(),
  clock: z.string(),
  mailDoor: z.string(),
  /** Region, credentials and endpoints, as the AWS SDK reads them. */
  environment: z.record(z.string().regex(/^AWS_[A-Z0-9_]+$/), z.string()),
});

export type LocalInstallation = z.infer<typeof LocalInstallation>;

/** What `cdk deploy --outputs-file FILE` writes: the outputs of each stack by their names. */
const Outputs = z.record(z.string(), z.record(z.string(), z.string()));

/** @throws CommandError naming the file */
export async function readLocalInstallation(file: string): Promise<LocalInstallation> {
  return parsed(LocalInstallation, file, 'what npm start writes');
}

/** @throws CommandError naming the file */
export async function readOutputs(file: string): Promise<Deployed> {
  const stacks = await parsed(Outputs, file, 'what cdk deploy --outputs-file writes');
  const all = Object.values(stacks).flatMap((outputs) => Object.entries(outputs));
  const named = (pattern: RegExp): readonly string[] => [
    ...new Set(all.filter(([name]) => pattern.test(name)).map(([, value]) => value)),
  ];
  return {
    identitySecrets: named(/^(Identity|Signing|Decryption)Secret/),
    relaySecret: named(/^RelaySecret/)[0],
    trustBucket: named(/^TrustBucket/)[0],
  };
}

async function parsed<T>(schema: z.ZodType<T>, file: string, what: string): Promise<T> {
  const text = Buffer.from(await readInput(file)).toString();
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new CommandError(`${file} is not ${what}.`);
  }
}
