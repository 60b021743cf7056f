import type { Integrations } from '../ports.ts';
import { functionArn, lambdaInvoke } from './lambda.ts';
import { snsPublish } from './sns.ts';

/** Task states on the services of this account. The keys are those of definition/resources.ts. */
export const realIntegrations: Integrations = {
  'lambda:function': functionArn,
  'arn:aws:states:::lambda:invoke': lambdaInvoke,
  'arn:aws:states:::sns:publish': snsPublish,
};
