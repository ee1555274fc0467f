import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Duration, RemovalPolicy, Stage } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { ListedPlace, Settings } from '../../shared/settings.ts';
import type { EnvironmentOf, FunctionName } from '../functions.ts';
import { codeStaysOut, type FunctionNetwork } from './function-network.ts';
import { PLACES_FILE, SETTINGS_FILE, type Setting } from './setting.ts';
import type { Caller, Watched } from './watched.ts';

/** What all functions of a deployment have in common. */
export interface FunctionDefaults {
  readonly settings: Settings;
  /** Where patients look for a place to send to. */
  readonly places: readonly ListedPlace[];
  /** What bundle.ts made. Without it functions are stubs: enough to look at a template. */
  readonly bundles?: string;
  readonly logKey: IKey;
  readonly logRetention: RetentionDays;
  /** @default none of ours */
  readonly network?: FunctionNetwork;
  /** Gets every function and queue that is made. */
  readonly watched: Watched;
}

export interface HandlerFunctionProps<Name extends FunctionName> {
  /** Folder under lambdas/. */
  readonly name: Name;
  readonly env: EnvironmentOf<Name>;
  readonly timeout: Duration;
  /** @default 512, of which a function gets 0.29 of a processor */
  readonly memorySize?: number;
  /** @default other */
  readonly calledBy?: Caller;
  /** Files beside its bundle, by name: what each holds, as JSON. @default none but those that its settings name */
  readonly beside?: Readonly<Record<string, unknown>>;
  /** When the clock calls it. @default whenever something happens */
  readonly every?: Duration;
  readonly defaults: FunctionDefaults;
}

export const logGroupName = (stage: string, name: string): string =>
  `/direct-transmit/${stage}/${name}`;

export const functionName = (stage: string, name: string): string =>
  `direct-transmit-${stage}-${name}`;

/** One function with its own log group and its own role, which may do what its settings are for and nothing else. */
export class HandlerFunction<Name extends FunctionName> extends Construct {
  readonly function: Function;

  constructor(scope: Construct, id: string, props: HandlerFunctionProps<Name>) {
    super(scope, id);
    const { name, timeout, memorySize = 512, calledBy = 'other', every, defaults } = props;
    const env = new Map(Object.entries<Setting>(props.env));
    const { stage } = defaults.settings;

    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: logGroupName(stage, name),
      encryptionKey: defaults.logKey,
      retention: defaults.logRetention,
      // Logs hold ids and codes only, and a name that outlives its stack would stop the next deployment.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.function = new Function(this, 'Function', {
      functionName: functionName(stage, name),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: this.code(props, [...env.keys()]),
      handler: 'index.handler',
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        ...Object.fromEntries([...env].map(([key, { value }]) => [key, value])),
      },
      role: this.role(logGroup, [...env.values()], props),
      logGroup,
      timeout,
      memorySize,
      ...defaults.network?.place,
    });
    defaults.watched.functions.push({
      name,
      functionName: functionName(stage, name),
      timeout,
      memoryMegabytes: memorySize,
      calledBy,
      every,
    });
  }

  private role(
    logGroup: LogGroup,
    settings: readonly Setting[],
    { name, defaults }: HandlerFunctionProps<Name>,
  ): Role {
    const { network } = defaults;
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: network && [network.joining],
    });
    const logging = {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    };
    const staying = network ? [codeStaysOut(functionName(defaults.settings.stage, name))] : [];
    for (const statement of [logging, ...staying, ...settings.flatMap(({ allows }) => allows)]) {
      role.addToPolicy(new PolicyStatement(statement));
    }
    return role;
  }

  private code(props: HandlerFunctionProps<Name>, asked: readonly string[]): Code {
    const { name, beside = {}, defaults } = props;
    const { bundles, settings, places } = defaults;
    if (!bundles) return Code.fromInline('exports.handler = async () => undefined;');
    const folder = join(Stage.of(this)?.outdir ?? '', 'functions', name);
    rmSync(folder, { recursive: true, force: true });
    cpSync(join(bundles, name), folder, { recursive: true });
    const besides = {
      ...beside,
      ...(asked.includes('SETTINGS_FILE') && { [SETTINGS_FILE.value]: settings }),
      ...(asked.includes('PLACES_FILE') && { [PLACES_FILE.value]: places }),
    };
    for (const [file, content] of Object.entries(besides)) {
      writeFileSync(join(folder, file), JSON.stringify(content));
    }
    return Code.fromAsset(folder);
  }
}
