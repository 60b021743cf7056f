import type { Service } from '../../account.ts';
import { authorizeSecurityGroupEgress } from './authorizeSecurityGroupEgress.ts';
import { authorizeSecurityGroupIngress } from './authorizeSecurityGroupIngress.ts';
import { createNetworkAclEntry } from './createNetworkAclEntry.ts';
import { createSecurityGroup } from './createSecurityGroup.ts';
import { createSnapshots } from './createSnapshots.ts';
import { createTags } from './createTags.ts';
import { deleteNetworkAclEntry } from './deleteNetworkAclEntry.ts';
import { deleteSecurityGroup } from './deleteSecurityGroup.ts';
import { describeAddresses } from './describeAddresses.ts';
import { describeInstances } from './describeInstances.ts';
import { describeNetworkAcls } from './describeNetworkAcls.ts';
import { describeNetworkInterfaces } from './describeNetworkInterfaces.ts';
import { describeSecurityGroupRules } from './describeSecurityGroupRules.ts';
import { describeSecurityGroups } from './describeSecurityGroups.ts';
import { describeSnapshots } from './describeSnapshots.ts';
import { describeSubnets } from './describeSubnets.ts';
import { describeVolumes } from './describeVolumes.ts';
import { describeVpcs } from './describeVpcs.ts';
import { modifyInstanceAttribute } from './modifyInstanceAttribute.ts';
import { modifyInstanceMetadataOptions } from './modifyInstanceMetadataOptions.ts';
import { modifyNetworkInterfaceAttribute } from './modifyNetworkInterfaceAttribute.ts';
import { revokeSecurityGroupEgress } from './revokeSecurityGroupEgress.ts';
import { revokeSecurityGroupIngress } from './revokeSecurityGroupIngress.ts';
import { type Spelling, spelt } from './spelling.ts';

const tagged = { TagSpecification: 'TagSpecifications', Tag: 'Tags' };

const authorize: Spelling = {
  in: { ...tagged, Groups: 'UserIdGroupPairs' },
  out: { SecurityGroupRules: 'securityGroupRuleSet', Tags: 'tagSet' },
};

const revoke: Spelling = {
  in: { SecurityGroupRuleId: 'SecurityGroupRuleIds', Groups: 'UserIdGroupPairs' },
  out: { RevokedSecurityGroupRules: 'revokedSecurityGroupRuleSet' },
};

/** The hosts of ECS with their volumes and the snapshots of these, the network interfaces of hosts and of tasks, and the security groups and network ACLs of the one VPC. */
export const ec2Service: Service = {
  name: 'ec2',
  protocol: 'ec2',
  target: 'http://ec2.amazonaws.com/doc/2016-11-15/',
  operations: {
    AuthorizeSecurityGroupEgress: spelt(authorizeSecurityGroupEgress, authorize),
    AuthorizeSecurityGroupIngress: spelt(authorizeSecurityGroupIngress, authorize),
    CreateNetworkAclEntry: spelt(createNetworkAclEntry, { in: { Icmp: 'IcmpTypeCode' } }),
    CreateSecurityGroup: spelt(createSecurityGroup, {
      in: { ...tagged, GroupDescription: 'Description' },
      out: { Tags: 'tagSet' },
    }),
    CreateSnapshots: spelt(createSnapshots, {
      in: { ...tagged, ExcludeDataVolumeId: 'ExcludeDataVolumeIds' },
      out: { Snapshots: 'snapshotSet', State: 'state', Tags: 'tagSet' },
    }),
    CreateTags: spelt(createTags, { in: { ...tagged, ResourceId: 'Resources' } }),
    DeleteNetworkAclEntry: deleteNetworkAclEntry,
    DeleteSecurityGroup: deleteSecurityGroup,
    DescribeAddresses: spelt(describeAddresses, {
      in: { AllocationId: 'AllocationIds', PublicIp: 'PublicIps' },
      out: { Addresses: 'addressesSet', Tags: 'tagSet' },
    }),
    DescribeInstances: spelt(describeInstances, {
      out: {
        BlockDeviceMappings: 'blockDeviceMapping',
        'MetadataOptions.State': 'state',
        NetworkInterfaces: 'networkInterfaceSet',
        SecurityGroups: 'groupSet',
        Tags: 'tagSet',
      },
    }),
    DescribeNetworkAcls: spelt(describeNetworkAcls, {
      in: { NetworkAclId: 'NetworkAclIds' },
      out: {
        NetworkAcls: 'networkAclSet',
        Associations: 'associationSet',
        Entries: 'entrySet',
        IsDefault: 'default',
        Tags: 'tagSet',
      },
    }),
    DescribeNetworkInterfaces: describeNetworkInterfaces,
    DescribeSecurityGroupRules: spelt(describeSecurityGroupRules, {
      in: { SecurityGroupRuleId: 'SecurityGroupRuleIds' },
      out: { SecurityGroupRules: 'securityGroupRuleSet', Tags: 'tagSet' },
    }),
    DescribeSecurityGroups: spelt(describeSecurityGroups, {
      in: { GroupId: 'GroupIds', GroupName: 'GroupNames' },
      out: {
        SecurityGroups: 'securityGroupInfo',
        'SecurityGroups.Description': 'groupDescription',
        UserIdGroupPairs: 'groups',
        Tags: 'tagSet',
      },
    }),
    DescribeSnapshots: spelt(describeSnapshots, {
      in: { SnapshotId: 'SnapshotIds', Owner: 'OwnerIds' },
      out: { Snapshots: 'snapshotSet', State: 'status', StateMessage: 'statusMessage', Tags: 'tagSet' },
    }),
    DescribeSubnets: spelt(describeSubnets, {
      in: { SubnetId: 'SubnetIds' },
      out: { Subnets: 'subnetSet', State: 'state' },
    }),
    DescribeVolumes: spelt(describeVolumes, {
      in: { VolumeId: 'VolumeIds' },
      out: { Volumes: 'volumeSet', Attachments: 'attachmentSet', State: 'status', Tags: 'tagSet' },
    }),
    DescribeVpcs: spelt(describeVpcs, { in: { VpcId: 'VpcIds' }, out: { Vpcs: 'vpcSet', State: 'state' } }),
    ModifyInstanceAttribute: spelt(modifyInstanceAttribute, { in: { GroupId: 'Groups' } }),
    ModifyInstanceMetadataOptions: spelt(modifyInstanceMetadataOptions, {
      out: { 'InstanceMetadataOptions.State': 'state' },
    }),
    ModifyNetworkInterfaceAttribute: modifyNetworkInterfaceAttribute,
    RevokeSecurityGroupEgress: spelt(revokeSecurityGroupEgress, revoke),
    RevokeSecurityGroupIngress: spelt(revokeSecurityGroupIngress, revoke),
  },
};
