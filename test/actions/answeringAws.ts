import * as autoScaling from '../../shared/platform/sdk/autoScaling.ts';
import type { Aws } from '../../shared/platform/sdk/aws.ts';
import * as cloudwatch from '../../shared/platform/sdk/cloudwatch.ts';
import * as ec2 from '../../shared/platform/sdk/ec2.ts';
import * as ecs from '../../shared/platform/sdk/ecs.ts';
import * as eks from '../../shared/platform/sdk/eks.ts';
import * as elasticLoadBalancing from '../../shared/platform/sdk/elasticLoadBalancing.ts';
import * as eventbridge from '../../shared/platform/sdk/eventbridge.ts';
import * as iam from '../../shared/platform/sdk/iam.ts';
import * as lambda from '../../shared/platform/sdk/lambda.ts';
import * as logs from '../../shared/platform/sdk/logs.ts';
import * as scheduler from '../../shared/platform/sdk/scheduler.ts';
import * as secretsManager from '../../shared/platform/sdk/secretsManager.ts';
import * as ssm from '../../shared/platform/sdk/ssm.ts';
import * as wafv2 from '../../shared/platform/sdk/wafv2.ts';

export interface Sent {
  readonly operation: string;
  readonly input: { readonly [field: string]: unknown };
}

/** What each operation answers, by its name; one that is not there rejects. */
export type Answers = { readonly [operation: string]: (input: never) => unknown };

/** Clients that answer so, and what they were sent. */
export function answeringAws(answers: Answers): { readonly aws: Aws; readonly sent: readonly Sent[] } {
  const sent: Sent[] = [];
  const client = {
    send: async (command: { readonly input: Sent['input'] }) => {
      const operation = command.constructor.name.replace(/Command(\d*)$/, '');
      sent.push({ operation, input: command.input });
      const answer = answers[operation];
      if (answer === undefined) throw new Error(`${operation} is not mocked`);
      return answer(command.input as never);
    },
  } as never;
  const unasked = () => Promise.reject(new Error('nobody asks for it'));
  const aws: Aws = {
    applicationAutoScaling: unasked,
    autoScaling: async () => ({ ...autoScaling, client }),
    cloudtrail: unasked,
    ec2: async () => ({ ...ec2, client, unrepeated: client }),
    ecr: unasked,
    ecs: async () => ({ ...ecs, client, unrepeated: client }),
    eks: async () => ({ ...eks, client }),
    elasticLoadBalancing: async () => ({ ...elasticLoadBalancing, client }),
    eventbridge: async () => ({ ...eventbridge, client }),
    iam: async () => ({ ...iam, client }),
    kubernetes: unasked,
    lambda: async () => ({ ...lambda, client }),
    logs: async () => ({ ...logs, client }),
    scheduler: async () => ({ ...scheduler, client }),
    secretsManager: async () => ({ ...secretsManager, client }),
    signer: unasked,
    ssm: async () => ({ ...ssm, client, unrepeated: client }),
    wafv2: async () => ({ ...wafv2, client, cloudFront: client }),
    cloudwatch: async () => ({ ...cloudwatch, client }),
  };
  return { aws, sent };
}
