import { clientConfig } from '../../shared/platform/sdk/config.ts';
import type { StageConnection } from '../stage.ts';
import { asked, askedFor } from './asked.ts';
import { allPages } from './pages.ts';
import { ofType, type StackResource } from './stack.ts';

/** A rule of EventBridge that the stack has made. */
export interface EventRule {
  readonly logicalId: string;
  readonly name: string;
  readonly changedAt: number;
  /** undefined: somebody has deleted it. */
  readonly enabled: boolean | undefined;
  /** `rate(5 minutes)`; undefined for a rule that waits for events. */
  readonly schedule: string | undefined;
  readonly targets: readonly { readonly arn: string; readonly deadLetters: string | undefined }[];
}

const gone = ['ResourceNotFoundException'];

export async function readEventRules(
  { config }: StageConnection,
  stack: readonly StackResource[],
): Promise<readonly EventRule[]> {
  const { DescribeRuleCommand, EventBridgeClient, ListTargetsByRuleCommand } = await import(
    '@aws-sdk/client-eventbridge'
  );
  const client = new EventBridgeClient(clientConfig(config));
  const targetsOf = (Rule: string) =>
    asked('events:ListTargetsByRule', () =>
      allPages(async (NextToken) => {
        const page = await client.send(new ListTargetsByRuleCommand({ Rule, NextToken }));
        return { items: page.Targets, next: page.NextToken };
      }),
    );
  return Promise.all(
    ofType(stack, 'AWS::Events::Rule').map(async ({ logicalId, id: name, changedAt }) => {
      const rule = await askedFor('events:DescribeRule', gone, () =>
        client.send(new DescribeRuleCommand({ Name: name })),
      );
      if (rule === undefined)
        return { logicalId, name, changedAt, enabled: undefined, schedule: undefined, targets: [] };
      const targets = await targetsOf(name);
      return {
        logicalId,
        name,
        changedAt,
        enabled: rule.State?.startsWith('ENABLED') === true,
        schedule: rule.ScheduleExpression,
        targets: targets.map(({ Arn, DeadLetterConfig }) => ({ arn: Arn ?? '', deadLetters: DeadLetterConfig?.Arn })),
      };
    }),
  );
}
