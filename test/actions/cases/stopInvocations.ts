import { DeleteFunctionConcurrencyCommand, LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { reservedBy } from '../../../sandbox/services/lambda/concurrency.ts';
import { accountFunctions } from '../../../sandbox/services/lambda/operations/accountFunctions.ts';
import { asAdministrator } from '../../system/asAdministrator.ts';
import { functionThreat } from '../../system/functionThreat.ts';
import type { ActionCase } from '../actionCase.ts';

const name = 'cases-mining';
/** Its name begins with that of the target. */
const other = 'cases-mining-not';

/** A function that talks to a command-and-control server: whatever is done, somebody is woken. */
export const it: ActionCase = {
  action: 'lambda.stop-invocations',
  world: (tags) => ({ functions: [{ name, tags }, { name: other }] }),
  target: ({ account, region }) => {
    const arn = `arn:aws:lambda:${region}:${account}:function:${name}`;
    return { kind: 'function', id: arn, arn, account, region };
  },
  finding: (stage) => functionThreat(stage, name),
  when: ['source: [guardduty]', 'resource: { kind: [function] }', 'status: [open]'],
  truth: (account) =>
    Object.fromEntries(
      [...accountFunctions(account).keys()].map((each) => [
        `concurrency of ${each}`,
        String(reservedBy(account, each) ?? 'unreserved'),
      ]),
    ),
  changes: { of: `concurrency of ${name}`, from: 'unreserved', to: '0' },
  byHand: (stage) =>
    asAdministrator(stage, LambdaClient, (lambda) =>
      lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: name })),
    ),
  call: 'DeleteFunctionConcurrency',
  elsewhere: {
    'lambda:PutFunctionConcurrency': [
      {
        call: ({ lambda }) =>
          lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: other, ReservedConcurrentExecutions: 0 })),
      },
    ],
    'lambda:DeleteFunctionConcurrency': [
      { call: ({ lambda }) => lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: other })) },
    ],
  },
  pages: 1,
};
