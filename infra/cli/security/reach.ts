import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { readConfig, type Config } from '../../config.ts';
import { readCloudAssembly } from '../../local/assembly/cloud-assembly.ts';
import { deploymentOf, type Deployment } from '../../local/assembly/deployment.ts';
import { rolesOf } from '../../local/iam/roles.ts';

/** One thing that a function may do. */
export interface Reach {
  /** Without the service, `PutItem`. */
  readonly action: string;
  /** By the name that it has in the templates: `table Main`, `bucket Mail/received/*`. */
  readonly resource: string;
  /** Under which conditions, in words; empty when there is none. */
  readonly when: string;
}

/** What every function of a stage may reach, by its name without the stage. */
export type ReachOfStage = ReadonlyMap<string, readonly Reach[]>;

/** The app is compiled by rules of its own, so it is not looked into from here. */
const APP = new URL('../../direct-transmit.ts', import.meta.url).href;

interface App {
  directTransmit(props: { readonly config: Config; readonly outdir: string }): { synth(): unknown };
}

/** Read from the stage's own templates, as the local system evaluates them. */
export async function reachOfStage(stage: string): Promise<ReachOfStage> {
  const app = (await import(APP)) as App;
  const folder = mkdtempSync(join(tmpdir(), 'direct-transmit-security-'));
  try {
    app.directTransmit({ config: readConfig({ stage }), outdir: folder }).synth();
    const endpoints = { queues: 'https://queues', api: 'https://api' };
    return reachIn(deploymentOf(readCloudAssembly(folder), endpoints, {}), stage);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const Named = z.object({ FunctionName: z.string().optional() });

function reachIn(deployment: Deployment, stage: string): ReachOfStage {
  const prefix = `direct-transmit-${stage}-`;
  const names = deployment
    .resources('AWS::Lambda::Function', Named)
    .map(({ ref }) => ref)
    .filter((name) => name.startsWith(prefix));
  const nameOf = namesOf(deployment);
  return new Map(
    [...rolesOf(deployment, names)].map(([name, { statements }]) => [
      name.slice(prefix.length),
      statements
        .filter(({ effect }) => effect === 'Allow')
        .flatMap(({ actions, resources, conditions }) =>
          actions
            .filter((action) => !isEverybodys(action))
            .flatMap((action) =>
              resources.map((resource) => ({
                action: action.replace(/^[^:]+:/, ''),
                resource: nameOf(resource),
                when: whenIn(conditions),
              })),
            ),
        ),
    ]),
  );
}

/**
 * Every function writes its own log, uses the keys of what it reaches, through the service that it reaches it by, and where
 * there is a network of its own, Lambda makes it an interface.
 */
const isEverybodys = (action: string): boolean =>
  /^(logs:|ec2:|kms:(Decrypt|GenerateDataKey)$)/.test(action);

const KINDS = [
  ['AWS::DynamoDB::Table', 'table', /Table$/],
  ['AWS::S3::Bucket', 'bucket', /Bucket$/],
  ['AWS::SQS::Queue', 'queue', /Queue$/],
  ['AWS::SecretsManager::Secret', 'secret', /$/],
  ['AWS::Events::EventBus', 'bus', /Bus$/],
] as const;

/** A resource as the templates call it: an ARN says where it runs, and nothing that one wants to read. */
function namesOf(deployment: Deployment): (arn: string) => string {
  const known = KINDS.flatMap(([type, kind, ending]) =>
    deployment.resources(type, z.object({})).map(({ logicalId, ref, attributes }) => {
      const name = logicalId
        .replace(/[0-9A-F]{8}$/, '')
        .replace(ending, '')
        .replace(/^Vault/, '');
      return [attributes['Arn'] ?? ref, `${kind} ${name}`] as const;
    }),
  );
  return (arn) => {
    const found = known.find(([each]) => arn === each || arn.startsWith(`${each}/`));
    if (!found) return arn === '*' ? 'the account' : arn.split(':').slice(5).join(':') || arn;
    return `${found[1]}${arn.slice(found[0].length).replace(/\/stream\/.*$/, '/stream')}`;
  };
}

const whenIn = (
  conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
) =>
  Object.entries(conditions)
    .flatMap(
      ([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => `${key} ${WORDS[operator] ?? operator} ${values.join(' or ')}`), // prettier-ignore
    )
    .join(', ');

const WORDS: Readonly<Record<string, string>> = {
  StringEquals: 'is',
  StringLike: 'is like',
  'ForAllValues:StringLike': 'is like',
};
