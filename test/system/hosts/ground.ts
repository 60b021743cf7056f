import { readFileSync } from 'node:fs';
import { ECSClient, ListContainerInstancesCommand, UpdateContainerInstancesStateCommand } from '@aws-sdk/client-ecs';
import { faults } from '../../../sandbox/faults/faults.ts';
import { rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { clusters, otherInstances } from '../../../sandbox/services/ecs/state.ts';
import { putRawEvent } from '../../../sandbox/services/eventbridge/bus.ts';
import { commands, type StoredCommand } from '../../../sandbox/services/ssm/commands/state.ts';
import { type ManagedNode, managedNodes } from '../../../sandbox/services/ssm/nodes/state.ts';
import type { Template } from '../../../sandbox/template/deploy.ts';
import { worldSchema } from '../../../sandbox/world/schema.ts';
import type { Receipt } from '../../../shared/incident/items.ts';
import type { JsonObject } from '../../../shared/platform/json.ts';
import { openStage, type Stage, type Told } from '../stage.ts';

export const host = 'i-0ab12cd34ef567890';
export const other = 'i-0ab12cd34ef567891';
export const incident = `instance/123456789012/us-east-1/${host}`;
const digest = `sha256:${'2'.repeat(64)}`;

/** Patches what is found; a vulnerability of a host is nothing for the night. */
export const patching = (params = '{}'): string => `name: patching
when:
  resource: { kind: [instance, managed-instance] }
do:
  - ssm.patch-hosts: ${params}
mode: enforce
page: { contained: digest, degraded: notice, held: notice, observed: digest }
`;

export interface GroundOptions {
  /** Of the host, as in an account file. */
  readonly host?: object;
  /** `ssm` of the host; null: it is managed by nobody. */
  readonly ssm?: object | null;
  /** The service on the hosts. */
  readonly service?: object;
  /** Of the cluster. */
  readonly cluster?: object;
  /** The host is one of no cluster. */
  readonly alone?: boolean;
  readonly params?: string;
  /** The rules, by name; absent: one that patches, with `params`. */
  readonly rules?: { readonly [name: string]: string };
  readonly template?: Template;
}

const missing = [{ id: 'kernel.x86_64', severity: 'Critical' }, { id: 'openssl.x86_64' }];

function worldOf({ host: more = {}, ssm = {}, service = {}, cluster = {}, alone = false }: GroundOptions) {
  const given = {
    ec2InstanceId: host,
    tags: { team: 'platform' },
    ...(ssm === null ? {} : { ssm: { patches: missing, ...ssm } }),
    ...more,
  };
  return worldSchema.parse({
    repositories: [{ name: 'payments/ledger', images: [{ digest, tags: ['2.7.1'] }] }],
    taskDefinitions: [
      { family: 'ledger', revision: 14, containers: [{ name: 'app', image: 'payments/ledger:2.7.1' }] },
    ],
    clusters: [
      {
        name: 'prod',
        containerInstances: [...(alone ? [] : [given]), { ec2InstanceId: other }],
        services: [{ name: 'ledger', taskDefinition: 'ledger:14', desiredCount: 2, launchType: 'EC2', ...service }],
        ...cluster,
      },
    ],
    ...(alone ? { instances: [given] } : {}),
  });
}

/** A vulnerability that Inspector finds on a host. */
const sample = readFileSync(new URL('../../../events/inspector-finding-instance.json', import.meta.url), 'utf8');

/** The stack on an account with two hosts, and what a test does to them. */
export interface Ground extends AsyncDisposable {
  readonly stage: Stage;
  /** Something is found on a host. */
  find(id?: string): void;
  /** Lets time pass until the run is over, at most so many minutes. */
  over(withinMinutes: number): Promise<void>;
  /** Lets time pass until something is so, a second at a time, an hour and a half at most. */
  until(reached: () => boolean): Promise<void>;
  /** By their part: `drain` is the first. */
  receipts(): { readonly [part: string]: Receipt };
  status(): string | undefined;
  /** As a person would. */
  set(status: 'ACTIVE' | 'DRAINING'): Promise<void>;
  /** The same, at the first call that Act makes once something is so. */
  setWhen(status: 'ACTIVE' | 'DRAINING', isSo: () => boolean): void;
  node(): ManagedNode;
  /** Every command that was sent to the host. */
  sent(): readonly StoredCommand[];
  /** Of patching, without the alarms. */
  told(): readonly Told[];
  onlyTold(): Told;
  /** Of the incident's head. */
  outcome(): string | null | undefined;
  /** The host is terminated. */
  terminate(): void;
  /** The agent of ECS, which is away, stays away. */
  down(): void;
  /** Seconds from the first moment of the run to its end. */
  took(): number;
}

export async function openGround(options: GroundOptions = {}): Promise<Ground> {
  const rules = options.rules ?? { patching: patching(options.params) };
  const { template } = options;
  const stage = await openStage({ world: worldOf(options), rules, ...(template === undefined ? {} : { template }) });
  const { account, door } = stage.sandbox;
  const ecs = new ECSClient({ region: account.region, endpoint: door.endpoint, credentials: rootCredentials(account) });
  const instance = () =>
    [...(clusters(account).get('prod')?.instances.values() ?? [])].find(({ ec2InstanceId }) => ec2InstanceId === host);
  const head = () => stage.heads().find((one) => one.incident === incident);
  const told = () => stage.told().filter(({ subject }) => subject.includes('i-0ab12'));
  let nth = 0;
  return {
    stage,
    find: (id = host) => {
      nth += 1;
      const now = new Date(account.clock.now()).toISOString();
      const text = sample
        .replaceAll('i-0a1b2c3d4e5f60718', id)
        .replaceAll('0a1b2c3d4e5f60718293a4b5c6d7e8f9', `0a1b2c3d4e5f60718293a4b5c6d7e8${String(nth).padStart(2, '0')}`)
        .replace('6f1e2d3c-4b5a-4c6d-8e7f-000000000019', account.random.uuid());
      const event = JSON.parse(text) as JsonObject;
      const detail = event['detail'] as JsonObject;
      putRawEvent(account, { ...event, time: now, detail: { ...detail, lastObservedAt: now, updatedAt: now } });
    },
    over: async (withinMinutes) => {
      await stage.pass(20);
      for (let minute = 0; minute < withinMinutes && head()?.state !== 'resting'; minute += 1) await stage.pass(60);
      if (head()?.state !== 'resting') throw new Error('The run does not end');
    },
    until: async (reached) => {
      for (let second = 0; second < 5400 && !reached(); second += 1) await stage.pass(1);
      if (!reached()) throw new Error('It never came to that');
    },
    receipts: () =>
      Object.fromEntries(
        stage.receipts().map((receipt) => [/ (patch|activate)$/.exec(receipt.key)?.[1] ?? 'drain', receipt]),
      ),
    status: () => instance()?.status,
    set: async (status) => {
      const { containerInstanceArns = [] } = await ecs.send(
        new ListContainerInstancesCommand({ cluster: 'prod', filter: `ec2InstanceId == ${host}` }),
      );
      await ecs.send(
        new UpdateContainerInstancesStateCommand({
          cluster: 'prod',
          containerInstances: containerInstanceArns,
          status,
        }),
      );
    },
    setWhen: (status, isSo) => {
      let isDone = false;
      faults(account).push(({ functionName }) => {
        const it = instance();
        if (isDone || functionName !== 'firebreak-dev-act' || it === undefined || !isSo()) return undefined;
        isDone = true;
        it.status = status;
        return undefined;
      });
    },
    node: () => {
      const node = managedNodes(account).get(host);
      if (node === undefined) throw new Error('It is no managed node');
      return node;
    },
    sent: () => [...commands(account).values()].filter(({ invocations }) => invocations.has(host)),
    told,
    onlyTold: () => {
      const [only, ...more] = told();
      if (only !== undefined && more.length === 0) return only;
      throw new Error(
        `Not one message: ${told()
          .map(({ subject }) => subject)
          .join('; ')}`,
      );
    },
    outcome: () => head()?.outcome,
    terminate: () => {
      managedNodes(account).delete(host);
      otherInstances(account).delete(host);
      const gone = instance();
      const cluster = clusters(account).get('prod');
      if (gone === undefined || cluster === undefined) return;
      for (const [id, task] of cluster.tasks) if (task.host?.id === gone.id) cluster.tasks.delete(id);
      cluster.instances.delete(gone.id);
    },
    down: () => {
      const gone = instance();
      if (gone === undefined) throw new Error('It is not there');
      // Whatever would say that it is up again has no effect.
      const stays = new Proxy(gone, { deleteProperty: () => true });
      clusters(account).get('prod')?.instances.set(gone.id, stays);
    },
    took: () => {
      const { runAt = '', restedAt = null } = head() ?? {};
      if (restedAt === null) throw new Error('It has not come to an end');
      return (Date.parse(restedAt) - Date.parse(runAt)) / 1000;
    },
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
}
