import * as applicationAutoScaling from '@aws-sdk/client-application-auto-scaling';
import * as autoScaling from '@aws-sdk/client-auto-scaling';
import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as config from '@aws-sdk/client-config-service';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as ecr from '@aws-sdk/client-ecr';
import * as ecs from '@aws-sdk/client-ecs';
import * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2';
import * as events from '@aws-sdk/client-eventbridge';
import * as iam from '@aws-sdk/client-iam';
import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import * as states from '@aws-sdk/client-sfn';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import * as wafv2 from '@aws-sdk/client-wafv2';

type Exports = Readonly<Record<string, unknown>>;

const CLIENTS: Readonly<Record<string, Exports>> = {
  'application-autoscaling': { ...applicationAutoScaling },
  autoscaling: { ...autoScaling },
  cloudformation: { ...cloudformation },
  cloudtrail: { ...cloudtrail },
  config: { ...config },
  dynamodb: { ...dynamodb },
  ec2: { ...ec2 },
  ecr: { ...ecr },
  ecs: { ...ecs },
  elasticloadbalancing: { ...elbv2 },
  events: { ...events },
  iam: { ...iam },
  logs: { ...logs },
  monitoring: { ...cloudwatch },
  secretsmanager: { ...secretsmanager },
  sns: { ...sns },
  sqs: { ...sqs },
  ssm: { ...ssm },
  states: { ...states },
  sts: { ...sts },
  wafv2: { ...wafv2 },
};

/** What the SDK's client of a service exports, by the service's name here: an operation's schema as `NAME$`. */
export function schemasOf(service: string): Exports {
  const client = CLIENTS[service];
  if (client === undefined) throw new Error(`no client of the SDK is known for ${service}`);
  return client;
}
