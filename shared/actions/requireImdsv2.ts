import type { Instance } from '@aws-sdk/client-ec2';
import * as z from 'zod';
import { failureOf, mayPass, namedFailure, whyOf } from '../account/awsFailure.ts';
import { ownershipFrom, ownerText } from '../account/owner.ts';
import { readsWith } from '../account/reads.ts';
import { describes } from '../account/workloadPermissions.ts';
import { textAt } from './changingCall.ts';
import { type ActContext, defineAction, type Planned, type ReadContext, type UndoPromise } from './contract.ts';
import { fixFacts } from './facts.ts';
import { type InstanceTarget, operatorOf, placeOfInstance, readInstance } from './targets/instanceTarget.ts';

/** CloudWatch keeps data points of less than an hour for 15 days (CloudWatch API, "GetMetricStatistics"). */
const mostDays = 14;
const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** Of the hours, that there have to be figures of: an hour that is not over has none yet, and one may be lost. */
const leastKnown = 0.95;

const params = z.strictObject({
  /** For so many days nothing on the host may have asked without a token. */
  quietDays: z.number().int().min(1).max(mostDays).default(7),
});
type Params = z.infer<typeof params>;

/** What `ec2.require-imdsv2` reads of its target. */
type Observed = {
  /** `optional`: IMDSv1 answers, too. */
  readonly tokens: string;
  /** `disabled`: the metadata service answers nobody. */
  readonly endpoint: string;
  /** Why something on the host may need IMDSv1, or nobody can tell; null where nothing has used it for as long as the rule says. */
  readonly needed: string | null;
  /** Whether `needed` is null: the words of it change with each request. */
  readonly quiet: boolean;
  readonly hopLimit: number | null;
  /** The service of AWS that manages it; null for one that its owner manages. */
  readonly operator: string | null;
  readonly protectedBy: string | null;
  readonly owner: string;
  readonly seen: readonly string[];
};

const reversal: UndoPromise = {
  possible: true,
  sentence: 'Undo lets the metadata service of the host answer without a token again, as before.',
};

/** Ends what a program can be tricked into: one request without a token is enough to get the credentials of a host. */
export const requireImdsv2 = defineAction<Params, Observed, 'instance'>({
  name: 'ec2.require-imdsv2',
  summary:
    'Have the metadata service of a host answer with a token alone (IMDSv2), where nothing on it asks without one',
  targets: ['instance'],
  declines: { 'managed-instance': 'it is no EC2 instance, and has no metadata service of EC2.' },
  params,
  example: '- ec2.require-imdsv2: { quietDays: 14 }',
  permissions: (target) => {
    const { partition, account, region } = placeOfInstance(target);
    return {
      read: [describes('ec2:DescribeInstances'), describes('cloudwatch:GetMetricStatistics')],
      write: [
        {
          action: 'ec2:ModifyInstanceMetadataOptions',
          resource: `arn:${partition}:ec2:${region}:${account}:instance/${target.id}`,
        },
      ],
    };
  },
  facts: fixFacts,
  decisive: ['endpoint', 'quiet', 'operator', 'protectedBy'],
  restores: ['tokens'],
  volatile: ['needed', 'hopLimit', 'owner', 'seen'],
  reversal,
  limits: [
    'What asks without a token gets nothing any more (401): an SDK, an agent or a script from before IMDSv2. So it is held where CloudWatch has counted a request without a token (MetadataNoToken) within quietDays, and where the host has not run that long.',
    'What asks less often than that (a monthly job) is not seen.',
    'The hop limit stays. With a limit of 1 a container in a network of its own (bridge) gets no token; while IMDSv1 answered, it needed none.',
    'It is this host alone: another of the same Auto Scaling group comes with what its launch template or AMI says. Change it there, and the default of the account (`aws ec2 modify-instance-metadata-defaults --http-tokens required`).',
    'Whoever has taken credentials before has them until they expire.',
  ],
  timeoutSeconds: 330,
  observe,
  plan,
  changedBy: ({ id }) => [
    {
      eventName: 'ModifyInstanceMetadataOptions',
      eventSource: 'ec2.amazonaws.com',
      // CloudTrail wraps what newer calls of EC2 ask for in an object of their name.
      isOn: (asked) =>
        [['instanceId'], ['ModifyInstanceMetadataOptionsRequest', 'InstanceId']].some(
          (path) => textAt(asked, ...path) === id,
        ),
    },
  ],
  intended: () => ({ tokens: 'required' }),
  execute: async (target, _params, _before, context) => {
    await put(target, 'required', context);
    return { kind: 'done', did: `the metadata service of ${target.id} is asked to answer with a token alone` };
  },
  verify: (target, _params, _before, context) => readBack(target, 'required', context),
  undo: async (target, _params, { tokens }, context) => {
    await put(target, tokens, context);
    return { kind: 'done', did: `the metadata service of ${target.id} is asked to have tokens ${tokens} again` };
  },
  verifyUndone: (target, _params, { tokens }, context) => readBack(target, tokens, context),
});

const tokensOf = ({ MetadataOptions }: Instance): string => MetadataOptions?.HttpTokens ?? 'unknown';

async function observe(target: InstanceTarget, { quietDays }: Params, context: ReadContext): Promise<Observed> {
  const instance = await readInstance(readsWith(context.aws), target.id);
  const own = ownershipFrom(instance.Tags ?? []);
  const { HttpEndpoint: endpoint = 'unknown', HttpPutResponseHopLimit: hopLimit = null } =
    instance.MetadataOptions ?? {};
  const tokens = tokensOf(instance);
  // What is decided already needs no figures, and once tokens are required nobody is answered without one.
  const needed = tokens === 'optional' ? await neededBy(target, instance, quietDays, context) : null;
  return {
    ...{ tokens, endpoint, needed, hopLimit },
    quiet: needed === null,
    operator: operatorOf(instance),
    protectedBy: own.protectedBy,
    owner: ownerText(own),
    seen: [
      `the metadata service of ${target.id} has tokens ${tokens}${hopLimit === null ? '' : `, hop limit ${hopLimit}`}`,
    ],
  };
}

/** Why something may need IMDSv1; null where nothing has asked without a token for so many days. @throws Throttled */
async function neededBy(
  { id }: InstanceTarget,
  { LaunchTime, State }: Instance,
  quietDays: number,
  { aws, clock }: ReadContext,
): Promise<string | null> {
  if (State?.Name !== 'running')
    return `it is ${State?.Name ?? 'not known to run'}: what asks without a token is seen while it runs`;
  const now = clock.now().getTime();
  const from = now - quietDays * dayMs;
  if (LaunchTime === undefined || LaunchTime.getTime() > from) {
    const since = LaunchTime?.toISOString().slice(0, 16).replace('T', ' ');
    return `it has not run for ${quietDays} days yet (${since === undefined ? 'nobody knows since when' : `since ${since} UTC`}), so that nobody can tell what asks without a token`;
  }
  const count = await requestsWithoutToken(id, from, now, { aws });
  if (typeof count === 'string') return `how often something asks without a token is not known: ${count}`;
  if (count === 0) return null;
  return `something on it has asked ${count} times without a token in ${quietDays} days (CloudWatch, MetadataNoToken), and would get nothing any more`;
}

/** The sum, or why it is not known. @throws Throttled */
async function requestsWithoutToken(
  id: string,
  from: number,
  to: number,
  { aws }: Pick<ReadContext, 'aws'>,
): Promise<number | string> {
  try {
    const { client, GetMetricStatisticsCommand } = await aws.cloudwatch();
    const { Datapoints = [] } = await client.send(
      new GetMetricStatisticsCommand({
        ...{ Namespace: 'AWS/EC2', MetricName: 'MetadataNoToken', Statistics: ['Sum'], Period: 3600 },
        Dimensions: [{ Name: 'InstanceId', Value: id }],
        ...{ StartTime: new Date(from), EndTime: new Date(to) },
      }),
    );
    const hours = (to - from) / hourMs;
    if (Datapoints.length < hours * leastKnown)
      return `CloudWatch has figures of ${Datapoints.length} of these ${hours} hours: it was stopped meanwhile, or is too new`;
    return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null || mayPass(failure)) throw namedFailure(error, `Reading the figures of ${id}`);
    return whyOf(failure);
  }
}

function plan(target: InstanceTarget, _params: Params, observed: Observed): Planned {
  const { tokens, endpoint, needed, hopLimit, operator, seen } = observed;
  const { id } = target;
  if (operator !== null)
    return { kind: 'skip', reason: `${id} is managed by ${operator}, which says what its metadata service asks for` };
  if (endpoint === 'disabled')
    return { kind: 'skip', reason: `the metadata service of ${id} is switched off: it answers nobody` };
  if (tokens === 'required')
    return { kind: 'skip', reason: `the metadata service of ${id} answers with a token alone already` };
  if (tokens !== 'optional')
    return { kind: 'hold', reason: `what the metadata service of ${id} asks for is not known (${tokens})`, seen };
  if (needed !== null) return { kind: 'hold', reason: `${id}: ${needed}`, seen };
  const hops = hopLimit === 1 ? ' Its hop limit is 1: no token reaches a container in a network of its own.' : '';
  return {
    kind: 'step',
    sentence: `Have the metadata service of ${id} answer with a token alone (IMDSv2).${hops}`,
    undo: reversal,
  };
}

async function put({ id }: InstanceTarget, tokens: string, { aws }: ActContext): Promise<void> {
  try {
    const { client, ModifyInstanceMetadataOptionsCommand } = await aws.ec2();
    const HttpTokens = tokens === 'required' ? ('required' as const) : ('optional' as const);
    await client.send(new ModifyInstanceMetadataOptionsCommand({ InstanceId: id, HttpTokens }));
  } catch (error) {
    throw namedFailure(error, `Setting the tokens of the metadata service of ${id} to ${tokens}`);
  }
}

/** It is in force once EC2 shows it as applied. */
async function readBack({ id }: InstanceTarget, meant: string, { aws }: ReadContext) {
  const instance = await readInstance(readsWith(aws), id);
  const now = tokensOf(instance);
  const applied = instance.MetadataOptions?.State === 'applied';
  const state = now === meant && applied ? ('holds' as const) : ('pending' as const);
  return {
    state,
    seen: `the metadata service of ${id} has tokens ${now}${applied ? '' : ' (not applied yet)'}`,
    absence: false,
  };
}
