import { GetFunctionConcurrencyCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { clientOf } from '../client.ts';
import type { Layer } from './layer.ts';

const name = 'img-resize';

export const calledFunction: Layer = {
  name: 'called-function',
  title: 'A Lambda function talks to a command-and-control server: nothing invokes it any more',
  finding: 'GuardDuty `Backdoor:Lambda/C&CActivity.B`',
  sample: 'guardduty-lambda-c2',
  rule: 'threat-function',
  action: 'lambda.stop-invocations',
  look: async (theatre) => {
    const command = new GetFunctionConcurrencyCommand({ FunctionName: name });
    const { ReservedConcurrentExecutions: reserved } = await new LambdaClient(clientOf(theatre)).send(command);
    return `concurrency reserved for ${name}: ${reserved ?? 'none'}`;
  },
  outcome: 'contained',
  told: 'page',
};
