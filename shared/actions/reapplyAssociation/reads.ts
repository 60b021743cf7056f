import type {
  AssociationDescription,
  AssociationExecution,
  AssociationExecutionTarget,
  InstanceAssociationStatusInfo,
  Target,
} from '@aws-sdk/client-ssm';
import { failureOf } from '../../account/awsFailure.ts';
import { everyPage, type Reads } from '../../account/reads.ts';
import { mostOthers, type Reach } from './types.ts';

const token = (NextToken: string | undefined) => (NextToken === undefined ? {} : { NextToken });

/** How each association stands on a managed node. */
export async function readStandings(read: Reads, id: string): Promise<readonly InstanceAssociationStatusInfo[]> {
  const { client, DescribeInstanceAssociationsStatusCommand } = await read.aws.ssm();
  const pages = await everyPage(
    (next) => client.send(new DescribeInstanceAssociationsStatusCommand({ InstanceId: id, ...token(next) }), read.call),
    ({ NextToken }) => NextToken,
  );
  return pages.flatMap(({ InstanceAssociationStatusInfos = [] }) => InstanceAssociationStatusInfos);
}

const goingOn: readonly (string | undefined)[] = ['Pending', 'InProgress'];

export const isGoingOn = (status: string | undefined): boolean => goingOn.includes(status);

/** `Skipped` and `Associated` are no failure, and neither is what is under way. */
export const hasFailed = ({ Status }: InstanceAssociationStatusInfo): boolean =>
  !isGoingOn(Status) && !['Success', 'Skipped', 'Associated', undefined].includes(Status);

/** What applying it again would do, and to whom besides; undefined for one that is not there any more. */
export async function readReach(read: Reads, association: string, host: string): Promise<Reach | undefined> {
  const described = await readAssociation(read, association);
  if (described === undefined) return undefined;
  const { Name: document = 'unknown', AssociationName: name, Parameters = {} } = described;
  return {
    id: association,
    name: name ?? document,
    document,
    documentVersion: described.DocumentVersion ?? '$DEFAULT',
    version: described.AssociationVersion ?? '1',
    operation: Parameters['Operation']?.[0] ?? null,
    automated: described.AutomationTargetParameterName !== undefined,
    others: await readOthers(read, described, host),
  };
}

async function readAssociation(read: Reads, id: string): Promise<AssociationDescription | undefined> {
  const { client, DescribeAssociationCommand } = await read.aws.ssm();
  try {
    const command = new DescribeAssociationCommand({ AssociationId: id });
    return (await client.send(command, read.call)).AssociationDescription;
  } catch (error) {
    if (failureOf(error)?.name === 'AssociationDoesNotExist') return undefined;
    throw error;
  }
}

const isById = ({ Key }: Target): boolean => Key?.toLowerCase() === 'instanceids';
const isOfTag = ({ Key = '' }: Target): boolean => Key === 'tag-key' || Key.startsWith('tag:');

/** Ids of the other nodes that an association is applied to. Null for resource groups, other accounts, and whatever this does not know. */
async function readOthers(
  read: Reads,
  { InstanceId, Targets = [], TargetLocations = [], TargetMaps = [] }: AssociationDescription,
  host: string,
): Promise<readonly string[] | null> {
  if (TargetLocations.length + TargetMaps.length > 0) return null;
  // Its oldest form has one instance and no targets.
  if (Targets.length === 0) return InstanceId === host ? [] : null;
  const ids = Targets.flatMap(({ Values = [] }) => Values);
  const besides = (all: readonly string[]): readonly string[] =>
    [...new Set(all)]
      .filter((one) => one !== host)
      .toSorted()
      .slice(0, mostOthers);
  if (Targets.every(isById)) return besides(ids.includes('*') ? await readNodes(read, []) : ids);
  return Targets.every(isOfTag) ? besides(await readNodes(read, Targets)) : null;
}

/** DescribeInstanceInformation gives no more at once. */
const pageSize = 50;

/** Ids of the managed nodes with these tags, of all where none is given; no page more than is needed to know that there are too many. */
async function readNodes(read: Reads, targets: readonly Target[]): Promise<readonly string[]> {
  const { client, DescribeInstanceInformationCommand } = await read.aws.ssm();
  const Filters = targets.map(({ Key = '', Values = [] }) => ({ Key, Values }));
  const found: string[] = [];
  let next: string | undefined;
  do {
    const asked = { MaxResults: pageSize, ...(Filters.length === 0 ? {} : { Filters }), ...token(next) };
    const page = await client.send(new DescribeInstanceInformationCommand(asked), read.call);
    found.push(...(page.InstanceInformationList ?? []).flatMap(({ InstanceId }) => InstanceId ?? []));
    next = page.NextToken;
  } while (next !== undefined && next !== '' && found.length <= mostOthers);
  return found;
}

const secondMs = 1000;

/** Systems Manager may show times in whole seconds: what began in the same second counts as later. */
export const secondOf = (iso: string): number => Math.floor(Date.parse(iso) / secondMs) * secondMs;

/** Executions that began since then (ISO), newest first. AWS promises no order. */
export async function readExecutionsSince(
  read: Reads,
  association: string,
  since: string,
): Promise<readonly AssociationExecution[]> {
  const { client, DescribeAssociationExecutionsCommand } = await read.aws.ssm();
  const Value = new Date(secondOf(since) - 1).toISOString();
  const asked = {
    AssociationId: association,
    Filters: [{ Key: 'CreatedTime' as const, Value, Type: 'GREATER_THAN' as const }],
  };
  const pages = await everyPage(
    (next) => client.send(new DescribeAssociationExecutionsCommand({ ...asked, ...token(next) }), read.call),
    ({ NextToken }) => NextToken,
  );
  const at = ({ CreatedTime }: AssociationExecution): number => CreatedTime?.getTime() ?? 0;
  return pages
    .flatMap(({ AssociationExecutions = [] }) => AssociationExecutions)
    .filter((one) => at(one) >= secondOf(since))
    .toSorted((a, b) => at(b) - at(a));
}

/** How an execution went on one node; undefined where it was not applied to that. */
export async function readOnHost(
  read: Reads,
  association: string,
  execution: string,
  host: string,
): Promise<AssociationExecutionTarget | undefined> {
  const { client, DescribeAssociationExecutionTargetsCommand } = await read.aws.ssm();
  const asked = {
    AssociationId: association,
    ExecutionId: execution,
    Filters: [{ Key: 'ResourceId' as const, Value: host }],
  };
  const { AssociationExecutionTargets: all = [] } = await client.send(
    new DescribeAssociationExecutionTargetsCommand(asked),
    read.call,
  );
  return all.find(({ ResourceId }) => ResourceId === host);
}
