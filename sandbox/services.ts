import type { Service } from './account.ts';
import { applicationAutoScalingService } from './services/applicationAutoScaling/service.ts';
import { dynamodbService } from './services/dynamodb/service.ts';
import { ec2Service } from './services/ec2/service.ts';
import { ecrService } from './services/ecr/service.ts';
import { ecsService } from './services/ecs/service.ts';
import { elbv2Service } from './services/elbv2/service.ts';
import { eventbridgeService } from './services/eventbridge/service.ts';
import { iamService } from './services/iam/service.ts';
import { lambdaService } from './services/lambda/service.ts';
import { logsService } from './services/logs/service.ts';
import { s3Service } from './services/s3/service.ts';
import { snsService } from './services/sns/service.ts';
import { sqsService } from './services/sqs/service.ts';
import { ssmService } from './services/ssm/service.ts';
import { statesService } from './services/states/service.ts';
import { stsService } from './services/sts/service.ts';

/** Every AWS service that answers at the front door. */
export const services: readonly Service[] = [
  applicationAutoScalingService,
  dynamodbService,
  ec2Service,
  ecrService,
  ecsService,
  elbv2Service,
  eventbridgeService,
  iamService,
  lambdaService,
  logsService,
  s3Service,
  snsService,
  sqsService,
  ssmService,
  statesService,
  stsService,
];
