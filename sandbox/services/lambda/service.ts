import type { Service } from '../../account.ts';
import { deleteFunctionConcurrency } from './operations/deleteFunctionConcurrency.ts';
import { getEventSourceMapping } from './operations/getEventSourceMapping.ts';
import { getFunction } from './operations/getFunction.ts';
import { getFunctionConcurrency } from './operations/getFunctionConcurrency.ts';
import { getFunctionConfiguration } from './operations/getFunctionConfiguration.ts';
import { invoke } from './operations/invoke.ts';
import { listFunctions } from './operations/listFunctions.ts';
import { listTags } from './operations/listTags.ts';
import { putFunctionConcurrency } from './operations/putFunctionConcurrency.ts';
import { type LambdaOperation, routeTo } from './route.ts';

/** The operations of the API: one file and one line each. */
const operations: readonly LambdaOperation[] = [
  deleteFunctionConcurrency,
  getEventSourceMapping,
  getFunction,
  getFunctionConcurrency,
  getFunctionConfiguration,
  invoke,
  listFunctions,
  listTags,
  putFunctionConcurrency,
];

export const lambdaService: Service = {
  name: 'lambda',
  protocol: 'rest-json',
  route: (request) => routeTo(operations, request),
  operations: Object.fromEntries(operations.map(({ name, operation }) => [name, operation])),
};
