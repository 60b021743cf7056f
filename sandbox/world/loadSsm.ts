import { createHash } from 'node:crypto';
import type { Account } from '../account.ts';
import { associations, nodesOf, type StoredAssociation } from '../services/ssm/associations/state.ts';
import { type Behaviour, type ManagedNode, managedNodes } from '../services/ssm/nodes/state.ts';
import type { Patch } from '../services/ssm/patches/patch.ts';
import { keepRates } from '../services/ssm/rates.ts';
import type { World } from './schema.ts';

type Host = World['clusters'][number]['containerInstances'][number];
type Given = NonNullable<Host['ssm']>;

/** The settings of Systems Manager, and the hosts that are its managed nodes. */
export function loadSystemsManager(account: Account, world: World): void {
  if (world.ssm !== undefined) keepRates(account, world.ssm.throughput);
  const all = [...world.clusters.flatMap(({ containerInstances }) => containerInstances), ...world.instances];
  for (const { ec2InstanceId, ssm, tags } of all) {
    if (ssm !== undefined) managedNodes(account).set(ec2InstanceId, nodeOf(account, ec2InstanceId, ssm, tags));
  }
  for (const association of world.associations) loadAssociation(account, association);
}

function loadAssociation(account: Account, given: World['associations'][number]): void {
  const { id, name, document, parameters, runbookParameter, appliedAt, failed, failsOn } = given;
  const createdAt = appliedAt === undefined ? account.clock.now() : Date.parse(appliedAt);
  const association: StoredAssociation = {
    ...{ id, document, parameters, failsOn, createdAt, executions: [] },
    ...(name === undefined ? {} : { name }),
    targets: given.targets.map(({ key, values }) => ({ Key: key, Values: values })),
    ...(runbookParameter === undefined ? {} : { automationTarget: runbookParameter }),
  };
  const targets = nodesOf(account, association).map(({ id: nodeId }) => {
    const status = failed.includes(nodeId) ? ('Failed' as const) : ('Success' as const);
    return [nodeId, { nodeId, status, at: createdAt }] as const;
  });
  // Its id follows from the association's, so that it is the same each time.
  association.executions.push({ id: id.replace(/^.{8}/, '00000000'), createdAt, targets: new Map(targets) });
  associations(account).set(id, association);
}

function nodeOf(account: Account, id: string, given: Given, tags: Host['tags']): ManagedNode {
  const now = account.clock.now();
  const { pingStatus, agentVersion, platform, patchGroup, patches, scanned, commands } = given;
  const all = patches.map((patch) => patchOf(patch, now));
  return {
    id,
    platform,
    agentVersion,
    registeredAt: now,
    tags,
    patchGroup,
    behaviours: commands.map(behaviourOf),
    ping: pingStatus,
    ...(pingStatus === 'Online' ? {} : { lastHeardAt: now }),
    patches: new Map(all.map((patch) => [patch.id, patch])),
    ...(scanned ? { report: firstReport(id, all, now) } : {}),
  };
}

/** Without what is absent: it would stand as undefined in answers. */
const present = <T extends object>(given: T) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

function behaviourOf({ answers, ...given }: Given['commands'][number]): Behaviour {
  return { ...present(given), answers };
}

function patchOf({ title, installedAt, ...given }: Given['patches'][number], now: number): Patch {
  const isInstalled = given.state.startsWith('Installed');
  const at = installedAt === undefined ? now : Date.parse(installedAt);
  return { ...given, title: title ?? given.id, ...(isInstalled ? { installedAt: at } : {}) };
}

/** What a scan at the start found. The ids of its snapshot follow from the host's. */
function firstReport(id: string, patches: readonly Patch[], now: number) {
  const hex = createHash('sha256').update(id).digest('hex');
  const snapshotId = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
  return { operation: 'Scan', startedAt: now, endedAt: now, snapshotId, patches } as const;
}
