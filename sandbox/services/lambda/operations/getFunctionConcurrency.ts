import type { GetFunctionConcurrencyRequest, GetFunctionConcurrencyResponse } from '@aws-sdk/client-lambda';
import { operation } from '../../../account.ts';
import { reservedBy } from '../concurrency.ts';
import type { LambdaOperation } from '../route.ts';
import { arnOf } from '../state.ts';
import { find } from './getFunction.ts';

/** GET /2019-09-30/functions/NAME/concurrency: empty where it reserves nothing. */
export const getFunctionConcurrency: LambdaOperation = {
  name: 'GetFunctionConcurrency',
  method: 'GET',
  path: /^\/2019-09-30\/functions\/(?<FunctionName>[^/]+)\/concurrency$/,
  input: (path): GetFunctionConcurrencyRequest => ({ FunctionName: path['FunctionName'] }),
  operation: operation<GetFunctionConcurrencyRequest, GetFunctionConcurrencyResponse>(
    (input, account) => [
      { action: 'lambda:GetFunctionConcurrency', resource: arnOf(account, input.FunctionName ?? '') },
    ],
    ({ FunctionName }, { account }) => {
      const reserved = reservedBy(account, find(account, { FunctionName }).name);
      return reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved };
    },
  ),
};
