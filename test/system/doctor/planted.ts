import type { StageConnection } from '../../../cli/stage.ts';
import { type EksCluster, eksClusters } from '../../../sandbox/services/eks/state.ts';
import { eventsState } from '../../../sandbox/services/eventbridge/state.ts';
import { type Detector, guardDuty } from '../../../sandbox/services/guardduty/detector.ts';
import { eventSourceMappings } from '../../../sandbox/services/lambda/eventSourceMapping.ts';
import { snsState, type Topic } from '../../../sandbox/services/sns/state.ts';
import { putParameter } from '../../../sandbox/services/ssm/parameters.ts';
import { canaryKey } from '../../../shared/finding/canary.ts';
import { keys } from '../../../shared/incident/keys.ts';
import type { JsonObject } from '../../../shared/platform/json.ts';
import { incidentOf, unused } from '../scan.ts';
import type { Stage } from '../stage.ts';

export interface Planted {
  readonly stage: Stage;
  readonly connection: StageConnection;
}

/** Something out of order, and what the doctor says of it. */
export interface Fault {
  readonly name: string;
  readonly plant: (at: Planted) => unknown;
  readonly check: string;
  /** Broken, unless it is said. */
  readonly state?: 'warning';
  readonly seen: RegExp;
  readonly todo: RegExp;
  /** Checks that cannot be in order then either. */
  readonly also?: readonly string[];
}

export const physical = ({ stage }: Planted, logicalId: string): string =>
  stage.sandbox.stack.resources.get(logicalId)?.ref ?? '';
export const queueArn = ({ stage }: Planted, logicalId: string): string => stage.queue(logicalId).arn;

export function detector({ stage }: Planted): Detector {
  const { detector: found } = guardDuty(stage.account);
  if (found === undefined) throw new Error('The healthy account has a detector');
  return found;
}

export function eksCluster({ stage }: Planted): EksCluster {
  const found = eksClusters(stage.account).get('prod-eks');
  if (found === undefined) throw new Error('The healthy account has a cluster of EKS');
  return found;
}

export function topic({ stage, connection }: Planted, tier: 'page' | 'notice' | 'digest'): Topic {
  const found = snsState(stage.account).topics.get(connection.topics[tier]);
  if (found === undefined) throw new Error(`There is no topic of ${tier}`);
  return found;
}

export function rule(at: Planted, logicalId: string) {
  const found = eventsState(at.stage.account).rules.get(physical(at, logicalId));
  if (found === undefined) throw new Error(`There is no rule ${logicalId}`);
  return found;
}

export function mapping(at: Planted, logicalId: string) {
  const found = eventSourceMappings(at.stage.account).find(({ uuid }) => uuid === physical(at, logicalId));
  if (found === undefined) throw new Error(`There is no mapping ${logicalId}`);
  return found;
}

export const put = ({ stage }: Planted, name: string, value: string) =>
  putParameter(stage.account, { name: `/firebreak/dev/${name}`, value });

/** Of an incident that was contained and rests. */
export const changeHead = async ({ connection: { effects } }: Planted, set: object) => {
  const written = await effects.table.update(
    keys.head(incidentOf(unused)),
    {},
    { set: JSON.parse(JSON.stringify(set)) },
  );
  if (written === undefined) throw new Error('The healthy stage has one incident');
};

/** Of the canary, which has come through. */
export const changeCanary = async ({ stage, connection: { effects } }: Planted, set: JsonObject) => {
  const key = keys.head(canaryKey(stage.account.id, stage.account.region));
  if ((await effects.table.update(key, {}, { set })) === undefined) throw new Error('The healthy stage has a canary');
};
