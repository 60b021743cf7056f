import { reapplyAssociation as action } from '../../shared/actions/reapplyAssociation/reapplyAssociation.ts';
import { type Observed, params, type Reach } from '../../shared/actions/reapplyAssociation/types.ts';
import { actContext, now } from './actContext.ts';
import { type Answers, answeringAws } from './answeringAws.ts';
import { host, id, minutesAgo } from './hostWorld.ts';

export const [first, second] = [
  '5c1f7a2e-8d34-4b6f-9e02-7a61d4c8b35f',
  '9d20b6c4-51e7-4f3a-8c19-3e8f0a7d6b21',
] as const;
export const other = 'i-0ab12cd34ef567891';
export const usual = params.parse({});
const settings = { quietPullDays: 7 };
const refusal = (name: string): Error => Object.assign(new Error('refused'), { name, $metadata: {}, $fault: 'client' });
export const throwing = (name: string) => () => {
  throw refusal(name);
};
export const standing = (AssociationId: string, Status: string, ExecutionDate = minutesAgo(90)) => ({
  ...{ AssociationId, Status, ExecutionDate, Name: 'AWS-GatherSoftwareInventory' },
});
export const association = {
  Name: 'AWS-GatherSoftwareInventory',
  AssociationName: 'inventory',
  AssociationVersion: '3',
  DocumentVersion: '$DEFAULT',
  Targets: [{ Key: 'InstanceIds', Values: [id] }],
};
/** In pages of one, so that whoever does not follow them misses something. */
export const paged = (field: string, all: readonly object[]) => {
  return ({ NextToken = '0' }: { NextToken?: string }) => {
    const at = Number(NextToken);
    return { [field]: all.slice(at, at + 1), ...(at + 1 < all.length ? { NextToken: String(at + 1) } : {}) };
  };
};
export const nodes = (ids: readonly string[], PingStatus = 'Online') => ({
  DescribeInstanceInformation: ({ Filters = [], ...rest }: { Filters?: { Key: string; Values: string[] }[] }) => {
    const [{ Key, Values } = { Key: '', Values: [] }] = Filters;
    const found = ids.filter((one) => Key !== 'InstanceIds' || Values.includes(one));
    return paged(
      'InstanceInformationList',
      found.map((InstanceId) => ({ InstanceId, PingStatus })),
    )(rest);
  },
});
export const answers = (more: Answers = {}): Answers => ({
  DescribeInstances: () => ({
    Reservations: [{ Instances: [{ InstanceId: id, Tags: [{ Key: 'team', Value: 'platform' }] }] }],
  }),
  ...nodes([id, other]),
  DescribeInstanceAssociationsStatus: paged('InstanceAssociationStatusInfos', [
    standing(second, 'Success'),
    standing(first, 'Failed'),
  ]),
  DescribeAssociation: () => ({ AssociationDescription: association }),
  StartAssociationsOnce: () => ({}),
  ...more,
});
export const observing = (more: Answers = {}, chosen?: object) =>
  action.observe(host, usual, {
    ...actContext(answeringAws(answers(more)).aws),
    ...(chosen === undefined ? {} : { chosen }),
  } as never);

export const reach: Reach = {
  ...{
    id: first,
    name: 'inventory',
    document: 'AWS-GatherSoftwareInventory',
    documentVersion: '$DEFAULT',
    version: '3',
  },
  ...{ operation: null, automated: false, others: [] },
};
export const observed = (reaches: readonly Partial<Reach>[] = [{}], more: Partial<Observed> = {}): Observed => {
  const all = reaches.map((one) => ({ ...reach, ...one }));
  const failed = all.map((one) => one.id);
  return { ping: 'Online', protectedBy: null, reaches: all, failed, owner: 'platform', seen: ['seen'], ...more };
};
export const planning = (of: Observed, asked: object = {}) =>
  action.plan(host, params.parse(asked), of as never, settings);

export const step = (aws: ReturnType<typeof answeringAws>['aws']) => ({
  ...actContext(aws),
  chosen: { apply: [first] },
});
export const execution = (more: object = {}) => ({
  ...{ ExecutionId: 'e-1', Status: 'Success', CreatedTime: now, ResourceCountByStatus: '{Success=1}' },
  ...more,
});
export const executions = (...all: readonly object[]): Answers => ({
  DescribeAssociationExecutions: paged('AssociationExecutions', all),
});
