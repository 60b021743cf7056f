import { type Misfit, type Path, repeated } from './misfit.ts';
import type { World } from './schema.ts';

type Cluster = World['clusters'][number];

/** Systems Manager's ids are of 8 or 17 digits; a patch concerns a host once; a host is one node, whatever clusters it is in. */
export function inNodes(world: World): Misfit[] {
  const nodes = world.clusters.flatMap(({ containerInstances }: Cluster, cluster) =>
    containerInstances.flatMap(({ ec2InstanceId, ssm }, at) =>
      ssm === undefined
        ? []
        : [{ id: ec2InstanceId, ssm, path: ['clusters', cluster, 'containerInstances', at] as Path }],
    ),
  );
  return nodes.flatMap(({ id, ssm, path }, at) => [
    ...(/^i-(?:\w{8}|\w{17})$/.test(id)
      ? []
      : [
          {
            path: [...path, 'ec2InstanceId'],
            message: `${id} has not 8 or 17 digits, as a managed node must; correct it`,
          },
        ]),
    ...(nodes.slice(0, at).some((earlier) => earlier.id === id)
      ? [{ path: [...path, 'ssm'], message: `${id} is a managed node in another cluster already; say it once` }]
      : []),
    ...repeated(ssm.patches, [...path, 'ssm', 'patches'], 'id', (patch) => patch.id),
  ]);
}
