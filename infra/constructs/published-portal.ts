import { createHash } from 'node:crypto';
import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { PortalFile } from '../portal/portal-file.ts';
import { type FunctionDefaults, HandlerFunction } from './handler-function.ts';
import type { PortalBucket } from './portal-bucket.ts';
import { plain, SETTINGS_FILE } from './setting.ts';

/** What the pages have to know to sign somebody in. It is no secret: everybody who opens them gets it. */
export interface SignIn {
  readonly clientId: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  /** Of a user pool: where its own session ends, or the next at the same browser would be in without a password. */
  readonly signOutUrl?: string;
  /** With blanks between. */
  readonly scope: string;
}

export interface PublishedPortalProps {
  readonly files: readonly PortalFile[];
  readonly signIn: SignIn;
  readonly into: PortalBucket;
  readonly defaults: FunctionDefaults;
}

const TIMEOUT = Duration.minutes(2);
const FILES = 'portal-files.json';

/** Has the files of the hosted pages put into their bucket when they are others than before, or the issuer is. */
export class PublishedPortal extends Construct {
  constructor(scope: Construct, id: string, props: PublishedPortalProps) {
    super(scope, id);
    const { files, into, defaults } = props;
    const signIn = Stack.of(this).toJsonString(props.signIn);
    const publishing = new HandlerFunction(this, 'Worker', {
      name: 'publish-portal',
      env: {
        PORTAL_BUCKET: into.putting(),
        PORTAL_FILES: plain(FILES),
        SIGN_IN: plain(signIn),
        SETTINGS_FILE,
      },
      beside: { [FILES]: files },
      timeout: TIMEOUT,
      defaults,
    });
    new CustomResource(this, 'Published', {
      resourceType: 'Custom::PublishedPortal',
      serviceToken: publishing.function.functionArn,
      // Lambda calls three times at most, and waits for a minute and for two in between.
      serviceTimeout: Duration.minutes(3 * TIMEOUT.toMinutes() + 5),
      properties: { Files: hashOf(files), SignIn: signIn },
    });
  }
}

const hashOf = (files: readonly PortalFile[]): string =>
  createHash('sha256').update(JSON.stringify(files)).digest('hex');
