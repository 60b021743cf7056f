import type { Instance } from '@aws-sdk/client-ec2';
import type { Reads } from '../../account/reads.ts';
import type { ActContext } from '../contract.ts';
import { describeInstance, type InstanceTarget, readNode } from '../targets/instanceTarget.ts';
import { type Collection, collect, json, pieceMs, storeFindings } from './collection.ts';

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

/** What EC2 says of what has these ids, in one file; nothing is asked where there are none. */
async function storeListed(
  { piece }: Collection,
  { what, file, ids }: { readonly what: string; readonly file: string; readonly ids: readonly (string | undefined)[] },
  list: (read: Reads, ids: string[]) => Promise<readonly object[] | undefined>,
): Promise<void> {
  const each = [...new Set(ids.flatMap((id) => id ?? []))];
  if (each.length === 0) return;
  await piece(what, async ({ read, store }) => store(file, json((await list(read, each)) ?? [])), pieceMs);
}

const storeInterfaces = (collection: Collection, { NetworkInterfaces = [] }: Instance): Promise<void> =>
  storeListed(
    collection,
    {
      ...{ what: 'the network interfaces', file: 'network-interfaces.json' },
      ids: NetworkInterfaces.map(({ NetworkInterfaceId }) => NetworkInterfaceId),
    },
    async ({ aws, call }, ids) => {
      const { client, DescribeNetworkInterfacesCommand } = await aws.ec2();
      return (await client.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: ids }), call))
        .NetworkInterfaces;
    },
  );

/** Of all interfaces: each may have others. */
function storeGroups(collection: Collection, { SecurityGroups = [], NetworkInterfaces = [] }: Instance): Promise<void> {
  const groups = [...SecurityGroups, ...NetworkInterfaces.flatMap(({ Groups = [] }) => Groups)];
  return storeListed(
    collection,
    { what: 'the security groups', file: 'security-groups.json', ids: groups.map(({ GroupId }) => GroupId) },
    async ({ aws, call }, ids) => {
      const { client, DescribeSecurityGroupsCommand } = await aws.ec2();
      return (await client.send(new DescribeSecurityGroupsCommand({ GroupIds: ids }), call)).SecurityGroups;
    },
  );
}

const storeVolumes = (collection: Collection, { BlockDeviceMappings = [] }: Instance): Promise<void> =>
  storeListed(
    collection,
    { what: 'the volumes', file: 'volumes.json', ids: BlockDeviceMappings.map(({ Ebs }) => Ebs?.VolumeId) },
    async ({ aws, call }, ids) => {
      const { client, DescribeVolumesCommand } = await aws.ec2();
      return (await client.send(new DescribeVolumesCommand({ VolumeIds: ids }), call)).Volumes;
    },
  );

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
