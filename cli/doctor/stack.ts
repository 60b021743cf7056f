import { clientConfig } from '../../shared/platform/sdk/config.ts';
import type { StageConnection } from '../stage.ts';
import { asked } from './asked.ts';
import { allPages } from './pages.ts';

/** A resource of the stage's stack. */
export interface StackResource {
  readonly logicalId: string;
  /** What its service calls it: a name, an ARN, the URL of a queue. */
  readonly id: string;
  readonly type: string;
  readonly status: string;
  /** When it was made, or last changed by a deployment; milliseconds since the epoch. */
  readonly changedAt: number;
}

/** `service` of serverless.yml, and the stage: serverless names its stack so. */
export const stackName = (stage: string): string => `firebreak-${stage}`;

/** All that CloudFormation has made for the stage, whether or not it is still there. */
export async function readStack({ stage, config }: StageConnection): Promise<readonly StackResource[]> {
  const { CloudFormationClient, ListStackResourcesCommand } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient(clientConfig(config));
  const summaries = await asked('cloudformation:ListStackResources', () =>
    allPages(async (NextToken) => {
      const page = await client.send(new ListStackResourcesCommand({ StackName: stackName(stage), NextToken }));
      return { items: page.StackResourceSummaries, next: page.NextToken };
    }),
  );
  return summaries
    .map(({ LogicalResourceId, PhysicalResourceId, ResourceType, ResourceStatus, LastUpdatedTimestamp }) => ({
      logicalId: LogicalResourceId ?? '',
      id: PhysicalResourceId ?? '',
      type: ResourceType ?? '',
      status: ResourceStatus ?? '',
      changedAt: LastUpdatedTimestamp?.getTime() ?? 0,
    }))
    .filter(({ status }) => status !== 'DELETE_COMPLETE');
}

export const ofType = (stack: readonly StackResource[], type: string): readonly StackResource[] =>
  stack.filter((one) => one.type === type);

/** What to do about a resource of the stack that somebody has deleted: an update of CloudFormation does not bring it back. */
export const bringBack = ({ stage, region }: Pick<StageConnection, 'stage' | 'region'>): string =>
  `Remove the stage and deploy it again, because CloudFormation does not bring back what was deleted by hand: npx serverless remove --stage ${stage} --region ${region} (docs/deployment.md says what stays).`;
