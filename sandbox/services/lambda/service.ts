import type { Service } from '../../account.ts';
import { getEventSourceMapping } from './operations/getEventSourceMapping.ts';
import { getFunction } from './operations/getFunction.ts';
import { getFunctionConfiguration } from './operations/getFunctionConfiguration.ts';
import { invoke } from './operations/invoke.ts';
import { listFunctions } from './operations/listFunctions.ts';
import { type LambdaOperation, routeTo } from './route.ts';

/** The operations of the API: one file and one line each. */
const operations: readonly LambdaOperation[] = [
  getEventSourceMapping,
  getFunction,
  getFunctionConfiguration,
  invoke,
  listFunctions,
];

export const lambdaService: Service = {
  name: 'lambda',
  protocol: 'rest-json',
  route: (request) => routeTo(operations, request),
  operations: Object.fromEntries(operations.map(({ name, operation }) => [name, operation])),
};
