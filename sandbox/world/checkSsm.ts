import { type Misfit, type Path, repeated } from './misfit.ts';
import type { World } from './schema.ts';

/** Systems Manager's ids are of 8 or 17 digits; a patch concerns a host once; a host is one node, whatever clusters it is in. */
export function inNodes(world: World): Misfit[] {
  const hosts = world.clusters.flatMap(({ containerInstances }, cluster) =>
    containerInstances.map((host, at) => ({ host, path: ['clusters', cluster, 'containerInstances', at] as Path })),
  );
  const others = world.instances.map((host, at) => ({ host, path: ['instances', at] as Path }));
  const nodes = [...hosts, ...others].flatMap(({ host: { ec2InstanceId, ssm }, path }) =>
    ssm === undefined ? [] : [{ id: ec2InstanceId, ssm, path }],
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

/** An association has its id alone, and fails on nodes that are there. */
export function inAssociations(world: World): Misfit[] {
  const hosts = [...world.clusters.flatMap(({ containerInstances }) => containerInstances), ...world.instances];
  const nodes = new Set(hosts.flatMap(({ ec2InstanceId, ssm }) => (ssm === undefined ? [] : [ec2InstanceId])));
  const unknown = world.associations.flatMap(({ failed, failsOn }, at) =>
    Object.entries({ failed, failsOn }).flatMap(([key, ids]) =>
      ids.map((id, index) => ({ id, path: ['associations', at, key, index] as Path })),
    ),
  );
  return [
    ...repeated(world.associations, ['associations'], 'id', ({ id }) => id),
    ...unknown
      .filter(({ id }) => !nodes.has(id))
      .map(({ id, path }) => ({ path, message: `${id} is no managed node: give the host its ssm` })),
  ];
}
