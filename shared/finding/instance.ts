import { fieldsIn } from './given.ts';
import { composeArn, type Place, readName } from './place.ts';
import { type Fields, readOptional } from './read.ts';
import type { InstanceResource } from './resource.ts';

export const instanceId = /^i-[0-9a-f]{8,17}$/;

export const ec2Instance = (id: string, place: Place): InstanceResource => ({
  kind: 'instance',
  id,
  arn: composeArn('ec2', place, `instance/${id}`),
});

/** `Instance`, and `Container` for one that nobody but its host runs: the host. Null when the finding names none. */
export function instanceResource(resource: Fields, place: Place): InstanceResource | null {
  const details = fieldsIn(resource, 'instanceDetails');
  const id = readOptional(details, 'detail.resource.instanceDetails', 'instanceId', (value, path) =>
    readName(value, path, instanceId),
  );
  return id === null ? null : ec2Instance(id, place);
}
