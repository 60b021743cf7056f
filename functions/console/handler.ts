import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { readEnv } from '../../shared/platform/env.ts';
import { lambdaHandler } from '../../shared/platform/lambda.ts';
import { embeddedMetrics } from '../../shared/platform/metric.ts';
import { openIdConnect } from '../../shared/platform/oidc.ts';
import { storeParameters } from '../../shared/platform/parameters.ts';
import { machineRuns } from '../../shared/platform/runs.ts';
import { consoleApp } from '../../shared/respond/console/app.ts';
import { common, publishedRules, storedBodies } from '../effects.ts';
import { base, bucket, machine } from '../environment.ts';

const env = readEnv({ ...base, ...bucket, ...machine });
const region = env.AWS_REGION;
const stored = { ...common('console', env), catalogue, bodies: storedBodies(env) };
const app = consoleApp({
  ...stored,
  ruleSets: publishedRules(stored),
  executions: machineRuns({ region, stateMachineArn: env.STATE_MACHINE }),
  secrets: storeParameters({ region }),
  oidc: openIdConnect,
  count: embeddedMetrics(stored),
  region,
  bucket: env.BUCKET,
});

const serve = handle(app);

export const handler = lambdaHandler(stored.logger, (event: LambdaEvent) => serve(event));
