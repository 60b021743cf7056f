import type { Finding } from './finding.ts';
import type { Resource } from './resource.ts';

/** Tasks of a service share an incident, as do tasks that were started together; any other task is one of its own. */
function ofResource(resource: Resource): string {
  if (resource.kind !== 'ecs-task') return `${resource.kind} ${resource.id}`;
  const { cluster, service, group, id } = resource;
  if (service !== null) return `ecs-service ${cluster}/${service}`;
  return group === null ? `ecs-task ${id}` : `ecs-group ${cluster}/${group}`;
}

/** The key of the incident about a resource. */
export function keyOfResource(
  resource: Resource,
  place: { readonly account: string; readonly region: string },
): string {
  const [kind = '', ...id] = ofResource(resource).split(' ');
  return `${kind}/${place.account}/${place.region}/${id.join(' ')}`;
}

/**
 * Which incident a finding belongs to: a pure function of its own resource, with account and Region. An image is its
 * repository and digest, e.g. `image/123456789012/us-east-1/payments/checkout-api@sha256:3f1c…`; findings of an image
 * without a digest share the incident of their repository. A task of a service is its service:
 * `ecs-service/123456789012/us-east-1/prod/checkout`.
 */
export const incidentKey = (finding: Finding): string => keyOfResource(finding.resource, finding);
