import type { Needed } from '../../../account.ts';

/** What IAM is asked for an operation on one topic. */
export const onTopic =
  (action: string) =>
  (input: { readonly TopicArn?: string | undefined }): readonly Needed[] => [
    { action: `sns:${action}`, resource: input.TopicArn ?? '' },
  ];
