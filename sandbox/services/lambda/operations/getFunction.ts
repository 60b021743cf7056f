import type { FunctionCodeLocation, GetFunctionRequest, GetFunctionResponse } from '@aws-sdk/client-lambda';
import { type Account, AwsError, operation } from '../../../account.ts';
import type { LambdaOperation } from '../route.ts';
import { arnOf } from '../state.ts';
import { type AccountFunction, everyFunction } from './accountFunctions.ts';
import { configurationOf } from './listFunctions.ts';

function codeOf({ imageUri, resolvedImageUri }: AccountFunction): FunctionCodeLocation {
  if (imageUri === undefined) return { RepositoryType: 'S3' };
  return {
    RepositoryType: 'ECR',
    ImageUri: imageUri,
    ...(resolvedImageUri === undefined ? {} : { ResolvedImageUri: resolvedImageUri }),
  };
}

/** By name or ARN, either with `:$LATEST` or as the qualifier. Throws AwsError ResourceNotFoundException for other versions. */
export function find(
  account: Account,
  { FunctionName = '', Qualifier = '$LATEST' }: GetFunctionRequest,
): AccountFunction {
  const arn = arnOf(account, FunctionName);
  const found = everyFunction(account).find((each) => each.arn === arn);
  if (found !== undefined && Qualifier === '$LATEST') return found;
  const asked = Qualifier === '$LATEST' ? arn : `${arn}:${Qualifier}`;
  throw new AwsError('ResourceNotFoundException', `Function not found: ${asked}`, 404);
}

/** GET /2015-03-31/functions/NAME */
export const getFunction: LambdaOperation = {
  name: 'GetFunction',
  method: 'GET',
  path: /^\/2015-03-31\/functions\/(?<FunctionName>[^/]+)$/,
  input: (path, { query }): GetFunctionRequest => ({
    FunctionName: path['FunctionName'],
    Qualifier: query.get('Qualifier') ?? undefined,
  }),
  operation: operation<GetFunctionRequest, GetFunctionResponse>(
    (input, account) => [{ action: 'lambda:GetFunction', resource: arnOf(account, input.FunctionName ?? '') }],
    (input, { account }) => {
      const found = find(account, input);
      return { Configuration: configurationOf(found), Code: codeOf(found) };
    },
  ),
};
