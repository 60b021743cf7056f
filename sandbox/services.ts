import type { Service } from './account.ts';
import { applicationAutoScalingService } from './services/applicationAutoScaling/service.ts';
import { autoScalingService } from './services/autoScaling/service.ts';
import { cloudformationService } from './services/cloudformation/service.ts';
import { cloudtrailService } from './services/cloudtrail/service.ts';
import { monitoringService } from './services/cloudwatch/service.ts';
import { configService } from './services/config/service.ts';
import { dynamodbService } from './services/dynamodb/service.ts';
import { ec2Service } from './services/ec2/service.ts';
import { ecrService } from './services/ecr/service.ts';
import { ecsService } from './services/ecs/service.ts';
import { eksService } from './services/eks/service.ts';
import { elbv2Service } from './services/elbv2/service.ts';
import { eventbridgeService } from './services/eventbridge/service.ts';
import { guarddutyService } from './services/guardduty/service.ts';
import { iamService } from './services/iam/service.ts';
import { inspector2Service } from './services/inspector2/service.ts';
import { kubernetesService } from './services/kubernetes/service.ts';
import { lambdaService } from './services/lambda/service.ts';
import { logsService } from './services/logs/service.ts';
import { s3Service } from './services/s3/service.ts';
import { schedulerService } from './services/scheduler/service.ts';
import { secretsManagerService } from './services/secretsManager/service.ts';
import { signerService } from './services/signer/service.ts';
import { snsService } from './services/sns/service.ts';
import { sqsService } from './services/sqs/service.ts';
import { ssmService } from './services/ssm/service.ts';
import { statesService } from './services/states/service.ts';
import { stsService } from './services/sts/service.ts';
import { wafv2Service } from './services/wafv2/service.ts';

/** Every AWS service that answers at the front door. */
export const services: readonly Service[] = [
  applicationAutoScalingService,
  autoScalingService,
  cloudformationService,
  cloudtrailService,
  configService,
  dynamodbService,
  ec2Service,
  ecrService,
  ecsService,
  eksService,
  elbv2Service,
  eventbridgeService,
  guarddutyService,
  iamService,
  inspector2Service,
  kubernetesService,
  lambdaService,
  logsService,
  monitoringService,
  s3Service,
  schedulerService,
  secretsManagerService,
  signerService,
  snsService,
  sqsService,
  ssmService,
  statesService,
  stsService,
  wafv2Service,
];
