import type { Instance } from '@aws-sdk/client-ec2';
import type { ActContext } from '../contract.ts';
import { describeInstance, type InstanceTarget, readNode } from '../targets/instanceTarget.ts';
import { type Collection, collect, json, storeFindings } from './collection.ts';

/** What hangs takes no more than its share: the other pieces have their chance. */
const pieceMs = 10_000;

/**
 * Stores what is known of a host before it is cut off the network or replaced: its description with tags, its network interfaces, the security
 * groups with their rules, its volumes, what Systems Manager knows of it; then the findings. Also of one that is terminated, as long as EC2 shows it.
 */
export const captureHost = (target: InstanceTarget, context: ActContext): Promise<string> =>
  collect(target, `host ${target.id}`, context, async (collection) => {
    const instance = await storeInstance(collection, target);
    if (instance !== undefined) {
      await storeInterfaces(collection, instance);
      await storeGroups(collection, instance);
      await storeVolumes(collection, instance);
    }
    await storeNode(collection, target);
    await storeFindings(collection, context);
  });

/** Undefined where it could not be had. */
async function storeInstance({ piece }: Collection, { id }: InstanceTarget): Promise<Instance | undefined> {
  let found: Instance | undefined;
  await piece(
    'the instance',
    async ({ read, store }) => {
      const instance = await describeInstance(read, id);
      found = instance;
      await store('instance.json', json(instance));
    },
    pieceMs,
  );
  return found;
}

async function storeInterfaces({ piece }: Collection, { NetworkInterfaces = [] }: Instance): Promise<void> {
  const ids = NetworkInterfaces.flatMap(({ NetworkInterfaceId }) => NetworkInterfaceId ?? []);
  if (ids.length === 0) return;
  await piece(
    'the network interfaces',
    async ({ read: { aws, call }, store }) => {
      const { client, DescribeNetworkInterfacesCommand } = await aws.ec2();
      const answer = await client.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: ids }), call);
      await store('network-interfaces.json', json(answer.NetworkInterfaces ?? []));
    },
    pieceMs,
  );
}

/** Of all interfaces: each may have others. */
async function storeGroups(
  { piece }: Collection,
  { SecurityGroups = [], NetworkInterfaces = [] }: Instance,
): Promise<void> {
  const groups = [...SecurityGroups, ...NetworkInterfaces.flatMap(({ Groups = [] }) => Groups)];
  const ids = [...new Set(groups.flatMap(({ GroupId }) => GroupId ?? []))];
  if (ids.length === 0) return;
  await piece(
    'the security groups',
    async ({ read: { aws, call }, store }) => {
      const { client, DescribeSecurityGroupsCommand } = await aws.ec2();
      const answer = await client.send(new DescribeSecurityGroupsCommand({ GroupIds: ids }), call);
      await store('security-groups.json', json(answer.SecurityGroups ?? []));
    },
    pieceMs,
  );
}

async function storeVolumes({ piece }: Collection, { BlockDeviceMappings = [] }: Instance): Promise<void> {
  const ids = BlockDeviceMappings.flatMap(({ Ebs }) => Ebs?.VolumeId ?? []);
  if (ids.length === 0) return;
  await piece(
    'the volumes',
    async ({ read: { aws, call }, store }) => {
      const { client, DescribeVolumesCommand } = await aws.ec2();
      const answer = await client.send(new DescribeVolumesCommand({ VolumeIds: ids }), call);
      await store('volumes.json', json(answer.Volumes ?? []));
    },
    pieceMs,
  );
}

const storeNode = ({ piece }: Collection, { id }: InstanceTarget): Promise<void> =>
  piece(
    'what Systems Manager knows of it',
    async ({ read, store, remark }) => {
      const node = await readNode(read, id);
      if (node === undefined) return remark('Systems Manager does not manage it');
      return store('systems-manager.json', json(node));
    },
    pieceMs,
  );
