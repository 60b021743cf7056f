import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BatchGetImageCommand, DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { UnsettledError } from '../../sandbox/kernel/drivers.ts';
import { type Artifacts, openSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { putRawEvent } from '../../sandbox/services/eventbridge/bus.ts';
import { objectsOf } from '../../sandbox/services/s3/buckets.ts';
import { topicByArn } from '../../sandbox/services/sns/state.ts';
import { messagesOf, type PublishedMessage } from '../../sandbox/services/sns/topics.ts';
import { putParameter } from '../../sandbox/services/ssm/parameters.ts';
import { root } from '../artifacts.ts';
import { readWorldFile } from '../files.ts';
import { withoutCanary, withoutConsole, withoutMinutes } from '../playedTemplate.ts';
import { connectStage, type StageConnection } from '../stage.ts';
import { clientOf } from './client.ts';
import { NotAsTold } from './scenario.ts';

/** What a scenario does and looks at: the embedded account from outside, as AWS and as people see it. */
export interface Theatre {
  readonly sandbox: Sandbox;
  readonly stage: StageConnection;
  now(): Date;
  /** Lets everything happen that is due, until nothing but upkeep is left. */
  settle(): Promise<void>;
  pass(seconds: number): Promise<void>;
  /** An admin's edit in Parameter Store. */
  editRule(name: string, text: string): void;
  image(repository: string, tag: string): Promise<Image>;
  /** The first call of a pull, by tag and by digest. */
  pull(image: Image): Promise<Pulled>;
  /** `ECR Image Scan`, as ECR sends it, delivered so many times with the same id. */
  scanned(image: Image, counts: { readonly [severity: string]: number }, times?: number): void;
  deliver(envelope: object): void;
  /** What a scenario keeps from one step for a later one, by name. */
  readonly notes: Map<string, string>;
  /** Messages since the last call that somebody gets by mail, oldest first. */
  heard(): readonly PublishedMessage[];
  evidence(): readonly string[];
  /** What the guard says of the rules, in the `status` parameter; `nothing` before it has run. */
  status(): Promise<string>;
  /** Dead letters of the image scan source, each with reason and path. */
  deadLetters(): Promise<readonly string[]>;
}

export interface Image {
  readonly repository: string;
  readonly digest: string;
  readonly tag: string;
}

/** What ECR said to each: `ok`, or the failure's code. */
export interface Pulled {
  readonly tag: string;
  readonly digest: string;
}

export interface TheatreOptions {
  readonly artifacts: Artifacts;
  readonly world: string;
  readonly seed: number;
  readonly startAt?: Date;
  /** Whether the canary comes, too: nothing that is told of incidents knows of it. */
  readonly canary?: boolean;
  /** Whether it goes over days: see `withoutMinutes`. */
  readonly ofDays?: boolean;
}

/** No scenario takes longer to come to rest: ECR restores an archived image within 20 minutes. */
const longestMs = 3_600_000;

/** In a clone beside this file; the build puts them beside the packed command, too. */
const worlds = fileURLToPath(new URL('./worlds', import.meta.url));

/** Opens the account of a world file with the stack deployed in it. Close `sandbox` in `finally`. */
export async function openTheatre({
  artifacts,
  world,
  seed,
  startAt,
  canary = false,
  ofDays = false,
}: TheatreOptions): Promise<Theatre> {
  const file = world.startsWith('examples/') ? join(root, world) : join(worlds, world);
  const begin = startAt === undefined ? {} : { startAt };
  const all = withoutConsole(artifacts.template);
  const played = canary ? all : withoutCanary(all);
  const deployed = { ...artifacts, template: ofDays ? withoutMinutes(played) : played };
  const sandbox = await openSandbox(deployed, { world: readWorldFile(file), seed, ...begin });
  try {
    return await theatreOf(sandbox);
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

async function theatreOf(sandbox: Sandbox): Promise<Theatre> {
  const { account, clock, stack } = sandbox;
  const client = clientOf({ sandbox });
  const ecr = new ECRClient(client);
  const now = (): Date => new Date(clock.now());
  const stage = await connectStage({
    stage: 'dev',
    region: account.region,
    client,
    clock: { now },
    newId: () => account.random.uuid(),
  });
  let told = 0;
  const deliver = (envelope: object): void => putRawEvent(account, JSON.parse(JSON.stringify(envelope)));
  return {
    sandbox,
    stage,
    now,
    deliver,
    notes: new Map(),
    settle: async () => {
      try {
        await clock.settle(longestMs);
      } catch (error) {
        throw error instanceof UnsettledError ? new NotAsTold(error.message) : error;
      }
    },
    pass: (seconds) => clock.advance(seconds * 1000),
    editRule: (name, text) => void putParameter(account, { name: `/firebreak/dev/rules/${name}`, value: text }),
    image: async (repository, tag) => {
      const answer = await ecr.send(
        new DescribeImagesCommand({
          repositoryName: repository,
          imageIds: [{ imageTag: tag }],
          filter: { imageStatus: 'ANY' },
        }),
      );
      const digest = answer.imageDetails?.[0]?.imageDigest;
      if (digest === undefined) throw new NotAsTold(`${repository}:${tag} is not in the registry`);
      return { repository, digest, tag };
    },
    pull: async ({ repository, digest, tag }) => {
      const imageIds = [{ imageTag: tag }, { imageDigest: digest }];
      const { failures = [] } = await ecr.send(new BatchGetImageCommand({ repositoryName: repository, imageIds }));
      const by = (name: 'imageTag' | 'imageDigest'): string =>
        failures.find(({ imageId }) => imageId?.[name] !== undefined)?.failureCode ?? 'ok';
      return { tag: by('imageTag'), digest: by('imageDigest') };
    },
    scanned: ({ repository, digest, tag }, counts, times = 1) => {
      const envelope = scanEvent(account, now(), { repository, digest, tag, counts });
      for (let n = 0; n < times; n += 1) deliver(envelope);
    },
    heard: () => {
      const all = messagesOf(account);
      const fresh = all.slice(told);
      told = all.length;
      const isHeard = (arn: string): boolean =>
        topicByArn(account, arn).subscriptions.some(({ protocol }) => protocol === 'email');
      return fresh.filter(({ topicArn }) => isHeard(topicArn));
    },
    status: async () => {
      try {
        const answer = await new SSMClient(client).send(new GetParameterCommand({ Name: '/firebreak/dev/status' }));
        return answer.Parameter?.Value ?? '';
      } catch (error) {
        if (error instanceof ParameterNotFound) return 'nothing';
        throw error;
      }
    },
    deadLetters: async () => {
      const answer = await new SQSClient(client).send(
        new ReceiveMessageCommand({
          QueueUrl: stack.resources.get('ImageScanDeadLetters')?.ref,
          MaxNumberOfMessages: 10,
          MessageAttributeNames: ['All'],
        }),
      );
      return (answer.Messages ?? []).map(({ MessageAttributes: attributes }) =>
        [attributes?.['path']?.StringValue, attributes?.['reason']?.StringValue].join(': '),
      );
    },
    evidence: () =>
      objectsOf(account, stack.outputs['EvidenceBucketName'] ?? '')
        .map(({ key }) => key)
        .filter((key) => key.startsWith('evidence/')),
  };
}

/** An event as ECR's basic scanning sends it; the id comes from the account's seed. */
export function scanEvent(
  account: Sandbox['account'],
  at: Date,
  scan: { repository: string; digest: string; tag: string; counts: { readonly [severity: string]: number } },
): object {
  return {
    version: '0',
    id: account.random.uuid(),
    'detail-type': 'ECR Image Scan',
    source: 'aws.ecr',
    account: account.id,
    time: `${at.toISOString().slice(0, 19)}Z`,
    region: account.region,
    resources: [`arn:aws:ecr:${account.region}:${account.id}:repository/${scan.repository}`],
    detail: {
      'scan-status': 'COMPLETE',
      'repository-name': scan.repository,
      'image-digest': scan.digest,
      'image-tags': [scan.tag],
      'finding-severity-counts': scan.counts,
    },
  };
}
