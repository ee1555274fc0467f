import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccountRecovery,
  FeaturePlan,
  LambdaVersion,
  Mfa,
  StandardThreatProtectionMode,
  StringAttribute,
  UserPool,
  type UserPoolDomain,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { CALLER_ATTRIBUTES } from '../../shared/settings.ts';
import { type FunctionDefaults, HandlerFunction } from './handler-function.ts';
import { plain } from './setting.ts';

export interface SignInPoolProps {
  /** People of each of these kinds are a group; the function that makes tokens gives each kind its scopes. */
  readonly scopes: Readonly<Record<string, readonly string[]>>;
  readonly groups: readonly string[];
  readonly defaults: FunctionDefaults;
}

/** More than a pool itself asks for: what it lets in can read records' ways. */
const PASSWORDS = {
  minLength: 14,
  requireLowercase: true,
  requireUppercase: true,
  requireDigits: true,
  requireSymbols: true,
  passwordHistorySize: 8,
  tempPasswordValidity: Duration.days(3),
};

/**
 * People whom the data holder's staff let in, and nobody else: each with a second factor. What a user may do is in what the
 * staff wrote of him and in his one group; a function says it in his tokens.
 */
export class SignInPool extends Construct {
  readonly pool: UserPool;
  readonly domain: UserPoolDomain;

  constructor(scope: Construct, id: string, { scopes, groups, defaults }: SignInPoolProps) {
    super(scope, id);
    const { stage } = defaults.settings;
    this.pool = new UserPool(this, 'Pool', {
      userPoolName: `direct-transmit-${stage}`,
      selfSignUpEnabled: false,
      // A family may share one address of mail: nobody signs in by it.
      signInAliases: { username: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: PASSWORDS,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      customAttributes: Object.fromEntries(
        Object.values(CALLER_ATTRIBUTES).map((name) => [
          bare(name),
          new StringAttribute({ mutable: true, maxLen: 2048 }),
        ]),
      ),
      // Claims in access tokens want the plan below it, watching for stolen passwords this one.
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const groupName of groups) this.pool.addGroup(groupName, { groupName });
    // In the names of all accounts of a region.
    this.domain = this.pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: `direct-transmit-${stage}-${Aws.ACCOUNT_ID}` },
    });
    this.#nameCallers(scopes, defaults);
  }

  /** Version 3 of its events, or tokens of systems would go out unnamed. */
  #nameCallers(scopes: SignInPoolProps['scopes'], defaults: FunctionDefaults): void {
    const { function: namer } = new HandlerFunction(this, 'NameCaller', {
      name: 'name-caller',
      env: { KIND_SCOPES: plain(JSON.stringify(scopes)) },
      // A user pool waits no longer.
      timeout: Duration.seconds(5),
      defaults,
    });
    this.pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, namer, LambdaVersion.V3_0);
  }
}

const bare = (attribute: string): string => attribute.replace(/^custom:/, '');
