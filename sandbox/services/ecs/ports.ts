import { type Account, slice } from '../../account.ts';
import type { PortBinding } from './portBinding.ts';
import type { ContainerInstance, StoredTaskDefinition } from './state.ts';

/** By id of the container instance, the last port of it that was given out. */
const givenOut = slice('ecs.hostPorts', () => new Map<string, number>());

/** "The default ephemeral port range for Docker version 1.6.0 and later" begins there, as Linux has it (API reference, PortMapping). */
const FIRST_EPHEMERAL = 32_768;

/** What a load balancer reaches of a task: the first container, by the first port that it maps or 80. */
export function servedPort({ containers }: StoredTaskDefinition): { container: string; containerPort: number } {
  const [container] = containers;
  return { container: container?.name ?? '', containerPort: container?.portMappings?.[0]?.containerPort ?? 80 };
}

/**
 * The ports of its host by which a new task is reached: in the network mode `host` those of its containers, in `bridge` the ones that were asked
 * for, or whichever is free. One with an interface of its own has none.
 */
export function bindingsFor(
  account: Account,
  definition: StoredTaskDefinition,
  host: ContainerInstance | undefined,
  isServed: boolean,
): readonly PortBinding[] {
  const { networkMode = 'awsvpc' } = definition.settings;
  if (host === undefined || (networkMode !== 'bridge' && networkMode !== 'host')) return [];
  const mapped = definition.containers.flatMap(({ name, portMappings = [] }) =>
    portMappings.map(({ containerPort = 0, hostPort = 0 }) => ({ container: name, containerPort, hostPort })),
  );
  const all = mapped.length === 0 && isServed ? [{ ...servedPort(definition), hostPort: 0 }] : mapped;
  return all.map(({ hostPort, ...binding }) => ({
    ...binding,
    hostPort: networkMode === 'host' ? binding.containerPort : hostPort === 0 ? ephemeral(account, host) : hostPort,
  }));
}

function ephemeral(account: Account, { id }: ContainerInstance): number {
  const port = (givenOut(account).get(id) ?? FIRST_EPHEMERAL - 1) + 1;
  givenOut(account).set(id, port);
  return port;
}
