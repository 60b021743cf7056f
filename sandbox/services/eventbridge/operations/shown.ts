import type { Rule as ShownRule, Target as ShownTarget } from '@aws-sdk/client-eventbridge';
import type { Rule, Target } from '../state.ts';

/** A rule as the API shows it. */
export const shown = (rule: Rule): ShownRule => ({
  Name: rule.name,
  Arn: rule.arn,
  EventBusName: 'default',
  State: rule.enabled ? 'ENABLED' : 'DISABLED',
  Description: rule.description,
  EventPattern: rule.eventPattern && JSON.stringify(rule.eventPattern),
  ScheduleExpression: rule.scheduleExpression,
});

/** A target as the API shows it. */
export const shownTarget = (target: Target): ShownTarget => ({
  Id: target.id,
  Arn: target.arn,
  RoleArn: target.roleArn,
  EcsParameters: target.taskDefinitionArn === undefined ? undefined : { TaskDefinitionArn: target.taskDefinitionArn },
  Input: target.input,
  InputPath: target.inputPath,
  InputTransformer: target.inputTransformer && {
    InputPathsMap: target.inputTransformer.inputPathsMap,
    InputTemplate: target.inputTransformer.inputTemplate,
  },
  DeadLetterConfig: target.deadLetterArn === undefined ? undefined : { Arn: target.deadLetterArn },
  RetryPolicy: target.retryPolicy && {
    MaximumRetryAttempts: target.retryPolicy.maximumRetryAttempts,
    MaximumEventAgeInSeconds: target.retryPolicy.maximumEventAgeInSeconds,
  },
});
