import { App, CfnWaitConditionHandle, Stack } from 'aws-cdk-lib';
import type { Deployment } from '../../../infra/config.ts';
import { directTransmit } from '../../../infra/direct-transmit.ts';
import type { Settings } from '../../../shared/settings.ts';
import { named, resourcesOf, SANDBOX, synthesised, type Resource } from './templates.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What is other than in the sandbox. */
export interface Changes {
  readonly deployment?: Partial<Deployment>;
  readonly settings?: Partial<Settings>;
}

const appWith = ({ deployment, settings }: Changes = {}) =>
  directTransmit({
    config: {
      ...SANDBOX,
      settings: { ...SANDBOX.settings, ...settings },
      deployment: { ...SANDBOX.deployment, ...deployment },
    },
    outdir: temporaryFolder(),
  });

type Stacks = ReturnType<typeof synthesised>['stacks'];

const made = new Map<
  string,
  { readonly resources: readonly Resource[]; readonly stacks: Stacks }
>();

/** Each is synthesised once: that takes most of the time. */
export function stageWith(changes: Changes = {}) {
  const key = JSON.stringify(changes);
  const known = made.get(key);
  if (known) return known;
  const app = appWith(changes);
  const stage = { resources: resourcesOf(app), stacks: synthesised(app).stacks };
  made.set(key, stage);
  return stage;
}

export const resourcesWith = (changes: Changes = {}): readonly Resource[] =>
  stageWith(changes).resources;

/** What one construct makes, in a stack of its own. */
export function alone(make: (stack: Stack) => unknown): readonly Resource[] {
  const app = new App();
  const stack = new Stack(app, 'DirectTransmit-test-Alone');
  // A template of nothing has no list of resources.
  const something = new CfnWaitConditionHandle(stack, 'Something');
  make(stack);
  return resourcesOf(app).filter(({ type }) => type !== something.cfnResourceType);
}

/** Of one type. */
export const all = (resources: readonly Resource[], type: string): readonly Resource[] =>
  resources.filter((each) => each.type === type);

export interface Output {
  readonly Description?: string;
  readonly Value: unknown;
  readonly Export?: unknown;
}

/** Those for people, with what they name in place of references. */
export function outputsWith(changes: Changes = {}): Readonly<Record<string, string>> {
  const written = stageWith(changes).stacks.flatMap(({ template }) =>
    Object.entries((template.Outputs ?? {}) as Record<string, Output>),
  );
  return Object.fromEntries(
    written.filter(([, { Export }]) => !Export).map(([name, { Value }]) => [name, named(Value)]),
  );
}
