import type { Script } from './script.ts';
import { autoscaling } from './services/autoscaling.ts';
import { dynamodb } from './services/dynamodb.ts';
import { ec2 } from './services/ec2.ts';
import { ecr } from './services/ecr.ts';
import { ecs } from './services/ecs.ts';
import { elbv2 } from './services/elbv2.ts';
import { eventPatterns } from './services/eventPatterns.ts';
import { events } from './services/events.ts';
import { iam } from './services/iam.ts';
import { lambda } from './services/lambda.ts';
import { logs } from './services/logs.ts';
import { s3 } from './services/s3.ts';
import { sns } from './services/sns.ts';
import { sqs } from './services/sqs.ts';
import { ssm } from './services/ssm.ts';
import { states } from './services/states.ts';
import { sts } from './services/sts.ts';
import { watching } from './services/watching.ts';

/** Every script there is; a new one is a file in `services/` and a line here. */
export const scripts: readonly Script[] = [
  ...autoscaling,
  dynamodb,
  ec2,
  ...ecr,
  ecs,
  elbv2,
  eventPatterns,
  events,
  iam,
  lambda,
  logs,
  ...s3,
  sns,
  ...sqs,
  ssm,
  ...states,
  sts,
  ...watching,
];
