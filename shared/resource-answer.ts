/** What CloudFormation is told of a resource that one of our functions stands for: 4096 bytes of JSON at most. */
export interface ResourceAnswer {
  readonly Status: 'SUCCESS' | 'FAILED';
  /** One sentence, which whoever deploys reads: nothing secret. */
  readonly Reason?: string;
  /** The same for as long as the resource is there: with another one CloudFormation takes it for replaced. */
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

/**
 * Brings an answer to where CloudFormation waits for it.
 *
 * @param url as CloudFormation gave it, signed for this one answer
 * @throws Error when nobody took it, or the URL is none of CloudFormation's
 */
export type BringAnswer = (
  url: string,
  answer: ResourceAnswer,
  within: AbortSignal,
) => Promise<void>;
