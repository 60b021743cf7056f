import type { ResourceType } from '../deploy.ts';
import { alarm } from './alarm.ts';
import { bucket, bucketPolicy } from './bucket.ts';
import { eventSourceMapping, functionUrl, lambdaFunction, lambdaPermission, logGroup } from './lambda.ts';
import { parameter } from './parameter.ts';
import { queue, queuePolicy } from './queue.ts';
import { pullTimeUpdateExclusion } from './registry.ts';
import { role } from './role.ts';
import { rule } from './rule.ts';
import { stateMachine } from './stateMachine.ts';
import { table } from './table.ts';
import { subscription, topic, topicPolicy } from './topic.ts';

/** Every resource type that the sandbox can create; a template with another one refuses to start. */
export const resourceTypes: { readonly [type: string]: ResourceType } = {
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::DynamoDB::Table': table,
  'AWS::ECR::PullTimeUpdateExclusion': pullTimeUpdateExclusion,
  'AWS::Events::Rule': rule,
  'AWS::IAM::Role': role,
  'AWS::Lambda::EventSourceMapping': eventSourceMapping,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::Permission': lambdaPermission,
  'AWS::Lambda::Url': functionUrl,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::S3::Bucket': bucket,
  'AWS::S3::BucketPolicy': bucketPolicy,
  'AWS::SNS::Subscription': subscription,
  'AWS::SNS::Topic': topic,
  'AWS::SNS::TopicPolicy': topicPolicy,
  'AWS::SQS::Queue': queue,
  'AWS::SQS::QueuePolicy': queuePolicy,
  'AWS::SSM::Parameter': parameter,
  'AWS::StepFunctions::StateMachine': stateMachine,
};
