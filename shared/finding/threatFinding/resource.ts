import { ecsResource } from '../ecs.ts';
import { fieldsIn, textIn } from '../given.ts';
import { instanceResource } from '../instance.ts';
import { functionResource } from '../lambda.ts';
import type { Place } from '../place.ts';
import type { Fields } from '../read.ts';
import type { Resource } from '../resource.ts';
import { roleResource } from '../role.ts';
import { podResource } from './kubernetes.ts';
import { otherResource } from './other.ts';
import { sequenceTargets } from './sequence.ts';

/** A resource and where it lies. */
export interface Accused extends Place {
  readonly resource: Resource;
}

type Reader = (resource: Fields, place: Place) => Resource | null;

/** By resourceType, as GuardDuty documents it (API reference, "Resource"). Null: the finding does not say which one. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['ECSCluster', ecsResource],
  ['Container', instanceResource],
  ['Instance', instanceResource],
  ['EKSCluster', podResource],
  ['Lambda', functionResource],
  ['AccessKey', roleResource],
]);

/**
 * What a finding is about. `resourceType` says it, whatever detail blocks stand beside: a task on a container host comes with the
 * host's. Only an attack sequence can be about several resources. Throws InvalidEvent for a name or an ARN that cannot be one.
 */
export function accusedBy(detail: Fields, id: string, place: Place): readonly Accused[] {
  const resource = fieldsIn(detail, 'resource');
  const type = textIn(resource, 'resourceType', 100) ?? 'unknown';
  if (type === 'AttackSequence') {
    const targets = sequenceTargets(detail, place);
    if (targets.length > 0) return targets;
  }
  const own = readers.get(type)?.(resource, place) ?? null;
  return [{ ...place, resource: own ?? otherResource(type, resource, { id, arn: textIn(detail, 'arn') }) }];
}
