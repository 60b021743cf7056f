import type { FunctionConfiguration, GetFunctionConfigurationRequest } from '@aws-sdk/client-lambda';
import { operation } from '../../../account.ts';
import type { LambdaOperation } from '../route.ts';
import { arnOf } from '../state.ts';
import { find } from './getFunction.ts';
import { configurationOf } from './listFunctions.ts';

/** GET /2015-03-31/functions/NAME/configuration */
export const getFunctionConfiguration: LambdaOperation = {
  name: 'GetFunctionConfiguration',
  method: 'GET',
  path: /^\/2015-03-31\/functions\/(?<FunctionName>[^/]+)\/configuration$/,
  input: (path, { query }): GetFunctionConfigurationRequest => ({
    FunctionName: path['FunctionName'],
    Qualifier: query.get('Qualifier') ?? undefined,
  }),
  operation: operation<GetFunctionConfigurationRequest, FunctionConfiguration>(
    (input, account) => [
      { action: 'lambda:GetFunctionConfiguration', resource: arnOf(account, input.FunctionName ?? '') },
    ],
    (input, { account }) => configurationOf(find(account, input)),
  ),
};
