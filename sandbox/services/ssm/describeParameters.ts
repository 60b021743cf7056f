import type { DescribeParametersRequest, DescribeParametersResult, ParameterMetadata } from '@aws-sdk/client-ssm';
import { AwsError, operation } from '../../account.ts';
import { pageOf } from './page.ts';
import { parameterFilter } from './parameterFilter.ts';
import { latest, type StoredParameter, ssmState } from './state.ts';

const MOST = 50;

/** What is known of parameters, without their values: by name, up to 50 per page. No parameter is shared with this account. */
export const describeParameters = operation<DescribeParametersRequest, DescribeParametersResult>(
  () => [{ action: 'ssm:DescribeParameters', resource: '*' }],
  (input, { account }) => {
    if ((input.Filters ?? []).length > 0) {
      throw new AwsError(
        'ValidationException',
        'This account does not model Filters, which AWS deprecates: use ParameterFilters.',
      );
    }
    const size = input.MaxResults ?? MOST;
    if (size < 1 || size > MOST) {
      throw new AwsError('ValidationException', `Value at 'maxResults' failed: Member must be between 1 and ${MOST}`);
    }
    const matches = parameterFilter(input.ParameterFilters ?? []);
    const found = [...ssmState(account).parameters.values()]
      .filter((parameter) => input.Shared !== true && matches(parameter))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const { items, ...rest } = pageOf(found, input.NextToken, size);
    return { Parameters: items.map(described), ...rest };
  },
);

function described(parameter: StoredParameter): ParameterMetadata {
  const { name, arn, type, tier, dataType, description, allowedPattern } = parameter;
  const { number, changedAt, changedBy } = latest(parameter);
  return {
    Name: name,
    ARN: arn,
    Type: type,
    LastModifiedDate: new Date(changedAt),
    LastModifiedUser: changedBy,
    ...(description === undefined ? {} : { Description: description }),
    ...(allowedPattern === undefined ? {} : { AllowedPattern: allowedPattern }),
    Version: number,
    Tier: tier,
    Policies: [],
    DataType: dataType,
  };
}
