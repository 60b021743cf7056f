import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { type Script, step, withClient } from '../script.ts';

const NAMES = ['cleanup', 'mailer'];
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const handler = zipSync({ 'index.mjs': new TextEncoder().encode('export const handler = async () => {};') });

/** Functions are read, and not run: moto would start a container for it. */
export const lambda: Script = {
  service: 'lambda',
  client: (connection) => new LambdaClient(connection),
  world: { functions: NAMES.map((name) => ({ name })) },
  moto: async (connection) => {
    await withClient(new IAMClient(connection), (client) =>
      client.send(new CreateRoleCommand({ RoleName: 'function', AssumeRolePolicyDocument: JSON.stringify(trust) })),
    );
    await withClient(new LambdaClient(connection), async (client) => {
      for (const FunctionName of NAMES) {
        const Role = 'arn:aws:iam::123456789012:role/function';
        const made = {
          FunctionName,
          Role,
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Code: { ZipFile: handler },
        } as const;
        await client.send(new CreateFunctionCommand(made));
      }
    });
  },
  fields: {
    Functions: 'by FunctionName',
    LastModified: 'time',
    RevisionId: 'id',
    CodeSha256: 'text',
    'Code.Location': 'text',
    NextMarker: 'id',
  },
  steps: [
    step('lists functions', () => new ListFunctionsCommand({})),
    step('lists a page of functions', () => new ListFunctionsCommand({ MaxItems: 1 })),
    step('gets a function', () => new GetFunctionCommand({ FunctionName: 'cleanup' })),
    step(
      'gets a function by ARN',
      () => new GetFunctionCommand({ FunctionName: 'arn:aws:lambda:us-east-1:123456789012:function:cleanup' }),
    ),
    step('refuses a function that is not there', () => new GetFunctionCommand({ FunctionName: 'nowhere' }), {
      words: true,
    }),
    step(
      'refuses a version that is not there',
      () => new GetFunctionCommand({ FunctionName: 'cleanup', Qualifier: '7' }),
    ),
    step('refuses to invoke a function that is not there', () => new InvokeCommand({ FunctionName: 'nowhere' }), {
      words: true,
    }),
  ],
};
