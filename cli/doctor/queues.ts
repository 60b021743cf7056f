import { clientConfig } from '../../shared/platform/sdk/config.ts';
import type { StageConnection } from '../stage.ts';
import { askedFor } from './asked.ts';
import { ofType, type StackResource } from './stack.ts';

/** A queue that the stack has made. */
export interface Queue {
  readonly logicalId: string;
  readonly url: string;
  /** undefined: somebody has deleted it. */
  readonly is: { readonly arn: string; readonly waiting: number; readonly deadLetters: string | undefined } | undefined;
}

const gone = ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'];

export async function readQueues(
  { config }: StageConnection,
  stack: readonly StackResource[],
): Promise<readonly Queue[]> {
  const { GetQueueAttributesCommand, SQSClient } = await import('@aws-sdk/client-sqs');
  const client = new SQSClient(clientConfig(config));
  return Promise.all(
    ofType(stack, 'AWS::SQS::Queue').map(async ({ logicalId, id: url }) => {
      // What is delayed, or in a function's hands, is on its way and waits for nobody.
      const answer = await askedFor('sqs:GetQueueAttributes', gone, () =>
        client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] })),
      );
      const attributes = answer?.Attributes;
      if (attributes === undefined) return { logicalId, url, is: undefined };
      const { QueueArn: arn = '', ApproximateNumberOfMessages: waiting = '0', RedrivePolicy } = attributes;
      return { logicalId, url, is: { arn, waiting: Number(waiting), deadLetters: deadLettersIn(RedrivePolicy) } };
    }),
  );
}

function deadLettersIn(policy: string | undefined): string | undefined {
  if (policy === undefined || policy === '') return undefined;
  const { deadLetterTargetArn } = JSON.parse(policy) as { readonly deadLetterTargetArn?: string };
  return deadLetterTargetArn;
}
