import type { DescribeInstanceInformationRequest } from '@aws-sdk/client-ssm';
import { AwsError } from '../../../account.ts';
import { atMost } from '../limits.ts';
import type { ManagedNode } from './state.ts';

interface Filter {
  readonly key: string;
  readonly values: readonly string[];
}

const resourceType = ({ id }: ManagedNode): string => (id.startsWith('mi-') ? 'ManagedInstance' : 'EC2Instance');

const KNOWN: Readonly<Record<string, (node: ManagedNode) => string>> = {
  AgentVersion: ({ agentVersion }) => agentVersion,
  InstanceIds: ({ id }) => id,
  PingStatus: ({ ping }) => ping,
  PlatformType: ({ platform }) => platform.type,
  PlatformTypes: ({ platform }) => platform.type,
  ResourceType: resourceType,
};

const isOfTags = ({ key }: Filter): boolean => key === 'tag-key' || key.startsWith('tag:');

function filtersIn({ Filters, InstanceInformationFilterList }: DescribeInstanceInformationRequest): readonly Filter[] {
  const legacy = InstanceInformationFilterList ?? [];
  if (legacy.length > 0 && Filters !== undefined && Filters.length > 0) {
    throw new AwsError('ValidationException', 'Filters and InstanceInformationFilterList cannot be used together.');
  }
  return [
    ...(Filters ?? []).map(({ Key, Values }) => ({ key: Key ?? '', values: atMost('filters', Values, 100) })),
    ...legacy.map(({ key, valueSet }) => ({ key: key ?? '', values: atMost('valueSet', valueSet, 100) })),
  ];
}

function testOf({ key, values }: Filter): (node: ManagedNode) => boolean {
  if (values.length === 0) {
    throw new AwsError('InvalidInstanceInformationFilterValue', `The filter ${key} has no value.`);
  }
  if (key === 'tag-key') return ({ tags }) => values.some((name) => Object.hasOwn(tags, name));
  if (key.startsWith('tag:')) {
    const name = key.slice('tag:'.length);
    return ({ tags }) => Object.hasOwn(tags, name) && values.includes(tags[name] ?? '');
  }
  const textOf = Object.hasOwn(KNOWN, key) ? KNOWN[key] : undefined;
  if (textOf === undefined) throw new AwsError('InvalidFilterKey', `The specified filter key ${key} is not valid.`);
  return (node) => values.includes(textOf(node));
}

/** Every filter must hold; of its values one. Throws AwsError, also where a filter of tags meets another kind. */
export function wantedNodes(input: DescribeInstanceInformationRequest): (node: ManagedNode) => boolean {
  const filters = filtersIn(input);
  if (filters.some(isOfTags) && !filters.every(isOfTags)) {
    throw new AwsError('InvalidFilterKey', 'Filters of tags cannot be combined with other filters.');
  }
  const tests = filters.map(testOf);
  return (node) => tests.every((test) => test(node));
}
