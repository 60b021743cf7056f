import type { ListTagsRequest, ListTagsResponse } from '@aws-sdk/client-lambda';
import { AwsError, operation } from '../../../account.ts';
import type { LambdaOperation } from '../route.ts';
import { arnOf } from '../state.ts';
import { find } from './getFunction.ts';

/** GET /2017-03-31/tags/ARN. Of the functions of the stack nothing is kept. */
export const listTags: LambdaOperation = {
  name: 'ListTags',
  method: 'GET',
  path: /^\/2017-03-31\/tags\/(?<Resource>[^/]+)$/,
  input: (path): ListTagsRequest => ({ Resource: path['Resource'] }),
  operation: operation<ListTagsRequest, ListTagsResponse>(
    ({ Resource = '' }) => [{ action: 'lambda:ListTags', resource: Resource }],
    ({ Resource = '' }, { account }) => {
      if (Resource !== arnOf(account, Resource)) {
        throw new AwsError('InvalidParameterValueException', `${Resource} is not the ARN of a function here`);
      }
      return { Tags: { ...find(account, { FunctionName: Resource }).tags } };
    },
  ),
};
