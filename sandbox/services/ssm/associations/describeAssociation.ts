import type {
  AssociationDescription,
  DescribeAssociationRequest,
  DescribeAssociationResult,
} from '@aws-sdk/client-ssm';
import { type Account, AwsError, operation } from '../../../account.ts';
import { associationArn, associationOf, countsOf, type StoredAssociation, worstOf } from './state.ts';

/** What both DescribeAssociation and ListAssociations show of one. */
export function overviewOf(association: StoredAssociation) {
  const { id, name, document, targets, executions } = association;
  const [last] = executions;
  const all = [...(last?.targets.values() ?? [])];
  const status = worstOf(all);
  return {
    Name: document,
    AssociationId: id,
    AssociationVersion: '1',
    ...(name === undefined ? {} : { AssociationName: name }),
    DocumentVersion: '$DEFAULT',
    Targets: [...targets],
    ...(last === undefined ? {} : { LastExecutionDate: new Date(last.createdAt) }),
    Overview: { Status: status, DetailedStatus: status, AssociationStatusAggregatedCount: { ...countsOf(all) } },
  };
}

function described(association: StoredAssociation): AssociationDescription {
  const { createdAt, executions, parameters, automationTarget } = association;
  const good = executions.find(({ targets }) => worstOf([...targets.values()]) === 'Success');
  return {
    ...overviewOf(association),
    Date: new Date(createdAt),
    LastUpdateAssociationDate: new Date(createdAt),
    ...(good === undefined ? {} : { LastSuccessfulExecutionDate: new Date(good.createdAt) }),
    Parameters: Object.fromEntries(Object.entries(parameters).map(([key, values]) => [key, [...values]])),
    ...(automationTarget === undefined ? {} : { AutomationTargetParameterName: automationTarget }),
    ApplyOnlyAtCronInterval: false,
  };
}

function checkVersion(version: string | undefined): void {
  if (version === undefined || version === '$LATEST' || version === '1') return;
  throw new AwsError('InvalidAssociationVersion', 'The version you specified is not valid.');
}

const asked = (account: Account, { AssociationId: id }: DescribeAssociationRequest): string =>
  associationArn(account, id ?? '*');

/** By its id; the older form, by document and instance, is not modelled. */
export const describeAssociation = operation<DescribeAssociationRequest, DescribeAssociationResult>(
  (input, account) => [{ action: 'ssm:DescribeAssociation', resource: asked(account, input) }],
  (input, { account }) => {
    const association = associationOf(account, input.AssociationId);
    checkVersion(input.AssociationVersion);
    return { AssociationDescription: described(association) };
  },
);
