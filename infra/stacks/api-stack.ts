import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ROUTES } from '../../lambdas/routes.ts';
import type { Deployment } from '../config.ts';
import { type FunctionDefaults, HandlerFunction } from '../constructs/handler-function.ts';
import { HttpApi } from '../constructs/http-api.ts';
import { SETTINGS_FILE, type Setting } from '../constructs/setting.ts';
import type { EnvironmentOf, FunctionName } from '../functions.ts';
import type { CoreStack } from './core-stack.ts';
import type { FoundationStack } from './foundation-stack.ts';
import { outside } from './parameters.ts';

export interface ApiStackProps extends StackProps {
  readonly foundation: FoundationStack;
  readonly core: CoreStack;
  readonly deployment: Deployment;
  readonly defaults: FunctionDefaults;
}

/** What portals and the holder's systems call: one function a resource, and the one that lets callers in. */
export class ApiStack extends Stack {
  readonly #defaults: FunctionDefaults;

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props);
    const { deployment, defaults } = props;
    this.#defaults = defaults;

    const authorizer = this.#handler('Authorizer', 'authorizer', {
      ISSUER_URL: outside(this, 'IssuerUrl', deployment),
      AUDIENCE: outside(this, 'Audience', deployment),
    });
    const api = new HttpApi(this, 'Http', {
      routes: ROUTES,
      functions: this.#resources(props, outside(this, 'Resolvers', deployment)),
      authorizer,
      requestsPerSecond: deployment.requestsPerSecond,
      defaults,
    });
    new CfnOutput(this, 'ApiUrl', { value: api.url });
  }

  #resources({ foundation, core }: ApiStackProps, RESOLVERS: Setting) {
    const { main, scratch, records, trust, vault } = foundation;
    const PEPPER_SECRET = vault.readingPepper();
    const MAIN_TABLE = main.readingAndWriting();
    const looking = { SCRATCH_TABLE: scratch.caching(), TRUST_BUCKET: trust.reading(), RESOLVERS };
    return {
      addresses: this.#handler('Addresses', 'addresses', { SETTINGS_FILE, ...looking }),
      'api-description': this.#handler('ApiDescription', 'api-description', {}),
      consents: this.#handler('Consents', 'consents', { MAIN_TABLE, PEPPER_SECRET, SETTINGS_FILE }),
      events: this.#handler('Events', 'events', { MAIN_TABLE, PEPPER_SECRET, SETTINGS_FILE }),
      patients: this.#handler('Patients', 'patients', { MAIN_TABLE, PEPPER_SECRET }),
      records: this.#handler('Records', 'records', {
        MAIN_TABLE,
        PEPPER_SECRET,
        RECORDS_BUCKET: records.readingAndWriting(),
        SETTINGS_FILE,
      }),
      transmissions: this.#handler('Transmissions', 'transmissions', {
        MAIN_TABLE,
        PEPPER_SECRET,
        SEND_QUEUE_URL: core.send.ringing(),
      }),
      'transmit-requests': this.#handler('TransmitRequests', 'transmit-requests', {
        MAIN_TABLE,
        PEPPER_SECRET,
        SETTINGS_FILE,
        ...looking,
      }),
      webhooks: this.#handler('Webhooks', 'webhooks', {
        MAIN_TABLE,
        WEBHOOK_SECRET: vault.readingWebhookSecret(),
        SETTINGS_FILE,
        RESOLVERS,
      }),
    };
  }

  #handler<Name extends FunctionName>(id: string, name: Name, env: EnvironmentOf<Name>) {
    const timeout = Duration.seconds(20);
    return new HandlerFunction(this, id, { name, env, timeout, defaults: this.#defaults }).function;
  }
}
