import { Stack, type StackProps } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { plain, type Setting } from '../constructs/setting.ts';

export interface SignInStackProps extends StackProps {
  readonly stage: string;
}

/** Who lets callers in where no issuer is configured: a user pool of the stage's own. */
export class SignInStack extends Stack {
  readonly #pool: UserPool;

  constructor(scope: Construct, id: string, { stage, ...props }: SignInStackProps) {
    super(scope, id, props);
    this.#pool = new UserPool(this, 'Pool', { userPoolName: `direct-transmit-${stage}` });
  }

  /** What the authorizer goes by. */
  issuer(): Readonly<Record<'ISSUER_URL' | 'AUDIENCE', Setting>> {
    const client = this.#pool.addClient('Portal', {});
    return {
      ISSUER_URL: plain(this.#pool.userPoolProviderUrl),
      AUDIENCE: plain(client.userPoolClientId),
    };
  }
}
