import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  ListTagsCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { type Script, step, withClient } from '../script.ts';

const NAMES = ['cleanup', 'mailer'];
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const handler = zipSync({ 'index.mjs': new TextEncoder().encode('export const handler = async () => {};') });

const arn = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const reserved = (FunctionName: string) => new GetFunctionConcurrencyCommand({ FunctionName });
const reserve = (FunctionName: string, ReservedConcurrentExecutions: number) =>
  new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions });

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
    step('lists the tags of a function', () => new ListTagsCommand({ Resource: arn('cleanup') })),
    step('reads the concurrency of a function that reserves none', () => reserved('cleanup')),
    step('reserves nothing for a function', () => reserve('cleanup', 0)),
    step('reads a concurrency of 0', () => reserved('cleanup')),
    step('reserves a number', () => reserve('cleanup', 3)),
    step('reads the number', () => reserved('cleanup')),
    step('refuses to leave too little for the others', () => reserve('mailer', 900)),
    step('ends the reservation', () => new DeleteFunctionConcurrencyCommand({ FunctionName: 'cleanup' })),
    step('reads that it has ended', () => reserved('cleanup')),
    step('refuses to reserve for a function that is not there', () => reserve('nowhere', 0)),
  ],
};
