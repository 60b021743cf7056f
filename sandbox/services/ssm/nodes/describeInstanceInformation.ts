import type {
  DescribeInstanceInformationRequest,
  DescribeInstanceInformationResult,
  InstanceInformation,
} from '@aws-sdk/client-ssm';
import { type Account, operation } from '../../../account.ts';
import { sizeWithin } from '../limits.ts';
import { pageOf } from '../page.ts';
import { wantedNodes } from './filters.ts';
import { type ManagedNode, managedNodes } from './state.ts';

/** "The agent calls UpdateInstanceInformation every five minutes" (Systems Manager quotas, managed nodes). */
const HEARTBEAT = 300_000;

function described(account: Account, node: ManagedNode): InstanceInformation {
  const sinceRegistered = account.clock.now() - node.registeredAt;
  const lastPing = node.lastHeardAt ?? account.clock.now() - (sinceRegistered % HEARTBEAT);
  const { type, name, version } = node.platform;
  return {
    InstanceId: node.id,
    PingStatus: node.ping,
    LastPingDateTime: new Date(lastPing),
    AgentVersion: node.agentVersion,
    IsLatestVersion: true,
    PlatformType: type,
    PlatformName: name,
    PlatformVersion: version,
    ResourceType: node.id.startsWith('mi-') ? 'ManagedInstance' : 'EC2Instance',
    SourceId: node.id,
    SourceType: node.id.startsWith('mi-') ? 'AWS::SSM::ManagedInstance' : 'AWS::EC2::Instance',
  };
}

/** The managed nodes, offline ones too: a host that is none is not listed. IAM does not scope it. */
export const describeInstanceInformation = operation<
  DescribeInstanceInformationRequest,
  DescribeInstanceInformationResult
>(
  () => [{ action: 'ssm:DescribeInstanceInformation', resource: '*' }],
  (input, { account }) => {
    const size = sizeWithin(input.MaxResults, 10, 5, 50);
    const found = [...managedNodes(account).values()].filter(wantedNodes(input));
    const { items, ...rest } = pageOf(found, input.NextToken, size);
    return { InstanceInformationList: items.map((node) => described(account, node)), ...rest };
  },
);
