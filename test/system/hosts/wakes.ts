import type { JsonObject } from '../../../shared/platform/json.ts';
import type { Stage } from '../stage.ts';

const envelope = ({ account }: Stage, source: string, detailType: string, detail: JsonObject): JsonObject => ({
  version: '0',
  id: account.random.uuid(),
  account: account.id,
  region: account.region,
  time: new Date(account.clock.now()).toISOString(),
  source,
  'detail-type': detailType,
  resources: [],
  detail,
});

/** A command has ended, as Systems Manager tells it. */
export const commandEnded = (stage: Stage, id: string, status = 'Success'): JsonObject =>
  envelope(stage, 'aws.ssm', 'EC2 Command Status-change Notification', {
    'command-id': id,
    'document-name': 'AWS-RunPatchBaseline',
    status,
  });

/** A host drains, as ECS tells it. */
export const hostDrains = (stage: Stage, containerInstanceArn: string): JsonObject =>
  envelope(stage, 'aws.ecs', 'ECS Container Instance State Change', { containerInstanceArn, status: 'DRAINING' });
