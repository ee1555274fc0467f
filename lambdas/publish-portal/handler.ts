import { onCustomResource, type ResourcePorts } from '../../shared/edge/custom-resource.ts';
import type { HostedFile, HostedFiles } from '../../shared/hosted-files.ts';
import { done } from '../../shared/outcome.ts';

export interface PublishPortalPorts extends ResourcePorts {
  /** As they were built. */
  readonly files: readonly HostedFile[];
  /** Where and as whom the pages sign people in: JSON, which anybody may read. */
  readonly signIn: string;
  readonly hosted: HostedFiles;
}

/**
 * When the stage is deployed, the files of the hosted pages go to where browsers get them. None is ever taken away: a page
 * that somebody has open since yesterday asks for yesterday's files.
 */
export const makeHandler = ({ files, signIn, hosted, ...ports }: PublishPortalPorts) =>
  onCustomResource(
    {
      async keep() {
        for (const file of inOrder([...files, signInFile(signIn)])) await hosted.put(file);
        return done(undefined);
      },
      // The bucket outlives the stack, and its files the bucket's.
      remove: () => Promise.resolve(done(undefined)),
    },
    ports,
  );

/** A minute after the issuer is another one, people are sent to it. */
const signInFile = (body: string): HostedFile => ({
  path: 'portal.json',
  body,
  contentType: 'application/json',
  cacheControl: 'public, max-age=60',
});

/** What pages name by its content goes first: no page may ask for what is not there yet. */
const inOrder = (files: readonly HostedFile[]): readonly HostedFile[] => [
  ...files.filter(isNamedByContent),
  ...files.filter((file) => !isNamedByContent(file)),
];

const isNamedByContent = ({ cacheControl }: HostedFile): boolean =>
  cacheControl.includes('immutable');
