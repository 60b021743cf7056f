import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Bodies } from '../shared/incident/bodies.ts';
import { dynamoTable } from '../shared/incident/dynamoTable.ts';
import { type Clock, type NewId, systemClock } from '../shared/platform/clock.ts';
import { bucketObjects } from '../shared/platform/objects.ts';
import { type Parameters, storeParameters } from '../shared/platform/parameters.ts';
import { machineRuns } from '../shared/platform/runs.ts';
import { type AwsConfig, clientConfig } from '../shared/platform/sdk/config.ts';
import type { StartEffects } from '../shared/respond/start.ts';
import type { Tier } from '../shared/rules/rule.ts';
import { refusalOf } from './stageRefusal.ts';
import { UsageError } from './usage.ts';

export interface StageOptions {
  readonly stage: string;
  /** Default: AWS_REGION, AWS_DEFAULT_REGION, then the Region of the AWS profile. */
  readonly region?: string | undefined;
  /** Default: credentials and endpoint of the environment, as for every AWS SDK. */
  readonly client?: Partial<AwsConfig>;
  readonly clock?: Clock;
  readonly newId?: NewId;
}

/** What `/firebreak/<stage>/stack` holds (resources/machine.yml). */
const stackSchema = z.object({
  incidentTable: z.string(),
  bucket: z.string(),
  stateMachineArn: z.string(),
  topics: z.object({ page: z.string(), notice: z.string(), digest: z.string() }),
});

/** A deployed stage, from outside: what a person's command may do there. */
export interface StageConnection {
  readonly stage: string;
  readonly region: string;
  /** How its clients are made, and the bucket of its evidence, plans, rule sets and archived events. */
  readonly config: AwsConfig;
  readonly bucket: string;
  readonly stateMachineArn: string;
  /** ARN of the topic of each tier. */
  readonly topics: { readonly [tier in Tier]: string };
  readonly effects: StartEffects & { readonly bodies: Pick<Bodies, 'get'>; readonly parameters: Parameters };
}

/** Finds a deployed stage by its one parameter. Throws UsageError: no Region, no such stage, and what AWS refused. */
export async function connectStage(options: StageOptions): Promise<StageConnection> {
  const { stage, client, clock: given, newId = randomUUID } = options;
  if (!/^[A-Za-z0-9-]{1,64}$/.test(stage)) throw new UsageError(`"${stage}" is no name of a stage.`);
  const config: AwsConfig = { ...client, region: await regionOf(options) };
  const { stack, skewMs } = await stackOf(config, stage);
  const { incidentTable, bucket, stateMachineArn, topics } = stack;
  const clock = given ?? clockAhead(skewMs);
  const { DynamoDBClient } = await import('../shared/platform/sdk/dynamodb.ts');
  const objects = bucketObjects({ ...config, bucket });
  return {
    stage,
    region: config.region,
    config,
    bucket,
    stateMachineArn,
    topics,
    effects: {
      table: dynamoTable(new DynamoDBClient(clientConfig(config)), incidentTable),
      bodies: {
        get: async (hash) => {
          const body = await objects.get(`bodies/${hash}`);
          if (body === null) throw new UsageError(`bodies/${hash} is not in the bucket ${bucket}: it was removed.`);
          return body;
        },
      },
      parameters: storeParameters(config),
      executions: machineRuns({ ...config, stateMachineArn }),
      clock,
      newId,
      log: () => undefined,
      stage,
    },
  };
}

/** Connects and works; what AWS refuses on the way comes out as UsageError. */
export async function onStage<T>(options: StageOptions, work: (stage: StageConnection) => Promise<T>): Promise<T> {
  const connection = await connectStage(options);
  try {
    return await work(connection);
  } catch (error) {
    throw refusalOf(error, `stage ${connection.stage} in ${connection.region}`);
  }
}

async function regionOf({ region, client }: StageOptions): Promise<string> {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const named = [region, client?.region, AWS_REGION, AWS_DEFAULT_REGION].find((one) => one !== undefined && one !== '');
  if (named === undefined) return profileRegion();
  if (!/^[a-z0-9-]{1,40}$/.test(named)) throw new UsageError(`"${named}" is no name of an AWS Region.`);
  return named;
}

async function profileRegion(): Promise<string> {
  const { SSMClient } = await import('@aws-sdk/client-ssm');
  try {
    return await new SSMClient({}).config.region();
  } catch (cause) {
    throw new UsageError('No AWS Region is known: give --region, or set AWS_REGION.', { cause });
  }
}

/**
 * What a person does is dated by the account's clock, which AWS tells with each answer: a pause must not end early because a laptop's clock is
 * wrong, nor on an embedded account that runs ahead. The answer has full seconds: less than a few is no difference.
 */
const leastSkewMs = 5_000;
export const clockAhead = (skewMs: number): Clock =>
  Math.abs(skewMs) < leastSkewMs ? systemClock : { now: () => new Date(systemClock.now().getTime() + skewMs) };

interface FoundStack {
  readonly stack: z.infer<typeof stackSchema>;
  /** By how much the account's clock is ahead of this machine's, milliseconds. */
  readonly skewMs: number;
}

async function stackOf(config: AwsConfig, stage: string): Promise<FoundStack> {
  const { GetParameterCommand, SSMClient } = await import('@aws-sdk/client-ssm');
  const name = `/firebreak/${stage}/stack`;
  // The first call to AWS: where nothing listens, it is this one that must not wait for minutes.
  const client = new SSMClient({
    ...clientConfig(config),
    requestHandler: { connectionTimeout: 5000, requestTimeout: 20_000 },
  });
  let text: string;
  try {
    text = (await client.send(new GetParameterCommand({ Name: name }))).Parameter?.Value ?? '';
  } catch (error) {
    if (error instanceof Error && error.name === 'ParameterNotFound') {
      throw new UsageError(
        `There is no stage "${stage}" in ${config.region}: Parameter Store has no ${name}. Give --stage and --region of a deployed stage.`,
        { cause: error },
      );
    }
    throw refusalOf(error, `${name} in ${config.region}`);
  } finally {
    client.destroy();
  }
  try {
    return { stack: stackSchema.parse(JSON.parse(text)), skewMs: client.config.systemClockOffset };
  } catch (cause) {
    throw new UsageError(`${name} is not what "serverless deploy" writes there: deploy the stage again.`, { cause });
  }
}
