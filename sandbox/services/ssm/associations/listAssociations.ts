import type {
  Association,
  AssociationFilter,
  ListAssociationsRequest,
  ListAssociationsResult,
} from '@aws-sdk/client-ssm';
import { type Account, AwsError, operation } from '../../../account.ts';
import { atMost, sizeWithin } from '../limits.ts';
import { pageOf } from '../page.ts';
import { overviewOf } from './describeAssociation.ts';
import { associations, nodesOf, type StoredAssociation } from './state.ts';

function testOf(account: Account, { key, value }: AssociationFilter): (one: StoredAssociation) => boolean {
  switch (key) {
    case 'InstanceId':
      return (one) => nodesOf(account, one).some(({ id }) => id === value);
    case 'Name':
      return ({ document }) => document === value;
    case 'AssociationId':
      return ({ id }) => id === value;
    case 'AssociationName':
      return ({ name }) => name === value;
    case 'AssociationStatusName':
      return (one) => overviewOf(one).Overview.Status === value;
  }
  throw new AwsError('ValidationException', `This account models no filter ${key}`);
}

/** IAM does not scope it. */
export const listAssociations = operation<ListAssociationsRequest, ListAssociationsResult>(
  () => [{ action: 'ssm:ListAssociations', resource: '*' }],
  (input, { account }) => {
    const tests = atMost('associationFilterList', input.AssociationFilterList, 5).map((one) => testOf(account, one));
    const found = [...associations(account).values()].filter((one) => tests.every((test) => test(one)));
    const { items, ...rest } = pageOf(found, input.NextToken, sizeWithin(input.MaxResults, 50, 1, 50));
    return { Associations: items.map((one): Association => overviewOf(one)), ...rest };
  },
);
