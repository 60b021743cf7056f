import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Reads } from '../../account/reads.ts';
import type { ActContext } from '../contract.ts';
import { type FunctionTarget, functionNameOf } from '../targets/functionTarget.ts';
import { type Collection, collect, json, pieceMs, storeFindings } from './collection.ts';
import { type LogPlace, readLastLines } from './logs.ts';
import { type Redaction, redactionOf } from './redaction.ts';

/** Each execution environment writes a stream of its own; of so many, those that wrote last, the lines are read. */
const mostStreams = 5;

/** The group that Lambda writes to, unless a function names another. */
export const logGroupOf = (name: string): string => `/aws/lambda/${name}`;

/**
 * Stores what is known of a function before it is stopped: its configuration (the SHA-256 of its code, its role, its network), the last lines
 * of the environments that wrote last, its concurrency; then the findings. No value of its environment is stored.
 */
export function captureFunction(target: FunctionTarget, context: ActContext): Promise<string> {
  const name = functionNameOf(target);
  return collect(target, `function ${name}`, context, async (collection) => {
    const configuration = await storeConfiguration(collection, target);
    await storeLines(collection, name, configuration);
    await storeConcurrency(collection, target);
    await storeFindings(collection, context);
  });
}

/** @throws what AWS answers: ResourceNotFoundException where there is no such function */
export async function readConfiguration({ aws, call }: Reads, target: FunctionTarget): Promise<FunctionConfiguration> {
  const { client, GetFunctionConfigurationCommand } = await aws.lambda();
  const { $metadata, ...configuration } = await client.send(
    new GetFunctionConfigurationCommand({ FunctionName: target.arn }),
    call,
  );
  return configuration;
}

/** Undefined where it could not be had. */
async function storeConfiguration(
  { piece }: Collection,
  target: FunctionTarget,
): Promise<FunctionConfiguration | undefined> {
  let found: FunctionConfiguration | undefined;
  await piece(
    'the configuration',
    async ({ read, store }) => {
      const configuration = await readConfiguration(read, target);
      found = configuration;
      await store('function.json', json(redactionOf([configuration]).document(configuration)));
    },
    pieceMs,
  );
  return found;
}

async function storeLines(
  collection: Collection,
  name: string,
  configuration: FunctionConfiguration | undefined,
): Promise<void> {
  const group = logGroupOf(name);
  let streams: readonly string[] = [];
  await collection.piece(
    'the log lines',
    async ({ read, lacks, remark }) => {
      // Which values to withhold in them, only the configuration says.
      if (configuration === undefined) return lacks('the log lines', 'only the configuration says where they are');
      if (configuration.Environment?.Error !== undefined)
        return lacks(
          'the log lines',
          'its environment could not be decrypted for us, and only that says which values to withhold',
        );
      const own = configuration.LoggingConfig?.LogGroup ?? group;
      if (own !== group) return remark(`no log lines: they go to the log group ${own}, and ${group} alone is read`);
      streams = await newestStreams(read, group);
      if (streams.length === 0) remark(`no log lines: nothing is written in ${group}`);
    },
    pieceMs,
  );
  const redaction = redactionOf([configuration]);
  // All at once: each is a stream of its own.
  await Promise.all(streams.map((stream, at) => storeStream(collection, at + 1, { group, stream }, redaction)));
}

/** Names of the streams that were written to last; of a group that is not there none: Lambda makes it with the first line. */
async function newestStreams({ aws, call }: Reads, group: string): Promise<readonly string[]> {
  const { client, DescribeLogStreamsCommand } = await aws.logs();
  const newest = { orderBy: 'LastEventTime', descending: true, limit: mostStreams } as const;
  try {
    const { logStreams = [] } = await client.send(
      new DescribeLogStreamsCommand({ logGroupName: group, ...newest }),
      call,
    );
    return logStreams.flatMap(({ logStreamName }) => logStreamName ?? []);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ResourceNotFoundException')) throw error;
    return [];
  }
}

const storeStream = ({ piece }: Collection, number: number, place: LogPlace, redaction: Redaction): Promise<void> =>
  piece(
    `the log lines of ${place.stream}`,
    async ({ read, store }) => store(`logs/${number}.json`, json(await readLastLines(read, place, redaction))),
    pieceMs,
  );

const storeConcurrency = ({ piece }: Collection, target: FunctionTarget): Promise<void> =>
  piece(
    'the concurrency',
    async ({ read: { aws, call }, store }) => {
      const { client, GetFunctionConcurrencyCommand } = await aws.lambda();
      const { ReservedConcurrentExecutions: reserved = null } = await client.send(
        new GetFunctionConcurrencyCommand({ FunctionName: target.arn }),
        call,
      );
      await store('concurrency.json', json({ reserved }));
    },
    pieceMs,
  );
