import type { DeleteFunctionConcurrencyRequest } from '@aws-sdk/client-lambda';
import { operation, type RestOutput } from '../../../account.ts';
import { reservations } from '../concurrency.ts';
import type { LambdaOperation } from '../route.ts';
import { arnOf } from '../state.ts';
import { find } from './getFunction.ts';

/** DELETE /2017-10-31/functions/NAME/concurrency: it shares what is unreserved again. Nothing changes where it reserved nothing. */
export const deleteFunctionConcurrency: LambdaOperation = {
  name: 'DeleteFunctionConcurrency',
  method: 'DELETE',
  path: /^\/2017-10-31\/functions\/(?<FunctionName>[^/]+)\/concurrency$/,
  input: (path): DeleteFunctionConcurrencyRequest => ({ FunctionName: path['FunctionName'] }),
  operation: operation<DeleteFunctionConcurrencyRequest, RestOutput>(
    (input, account) => [
      { action: 'lambda:DeleteFunctionConcurrency', resource: arnOf(account, input.FunctionName ?? '') },
    ],
    ({ FunctionName }, { account }) => {
      reservations(account).delete(find(account, { FunctionName }).name);
      return { status: 204 };
    },
  ),
};
