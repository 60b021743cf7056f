import type { Cluster } from '@aws-sdk/client-ecs';
import * as z from 'zod';
import { namedFailure } from '../account/awsFailure.ts';
import { ownerText } from '../account/owner.ts';
import { readsWith } from '../account/reads.ts';
import { lastName, textAt } from './changingCall.ts';
import { type ActContext, defineAction, type Planned, type ReadContext, type UndoPromise } from './contract.ts';
import { fixFacts } from './facts.ts';
import { arnOfCluster, type ClusterTarget, onCluster, ownershipOf, readCluster } from './targets/clusterTarget.ts';

const params = z.strictObject({ level: z.enum(['enabled', 'enhanced']).default('enabled') });
type Params = z.infer<typeof params>;

/** What `ecs.enable-container-insights` reads of its target. */
type Observed = {
  /** `disabled`, `enabled` or `enhanced`. */
  readonly insights: string;
  readonly protectedBy: string | null;
  readonly owner: string;
  readonly seen: readonly string[];
};

const reversal: UndoPromise = {
  possible: true,
  sentence:
    'Undo sets Container Insights of the cluster to what it was; what CloudWatch has collected meanwhile stays, and has been paid for.',
};

/** Lets CloudWatch collect what the services and tasks of a cluster do: who investigates has figures from before the incident. */
export const enableContainerInsights = defineAction<Params, Observed, 'ecs-cluster'>({
  name: 'ecs.enable-container-insights',
  summary: 'Have CloudWatch collect what the services and tasks of a cluster use',
  targets: ['ecs-cluster'],
  params,
  example: '- ecs.enable-container-insights: { level: enhanced }',
  permissions: (target) => ({
    write: onCluster(target, 'ecs:UpdateClusterSettings'),
    read: onCluster(target, 'ecs:DescribeClusters'),
  }),
  facts: fixFacts,
  decisive: ['protectedBy'],
  restores: ['insights'],
  volatile: ['owner', 'seen'],
  reversal,
  limits: [
    'It costs money: CloudWatch bills the metrics of each service, and the log events that they are made from; `enhanced` adds those of each task and container.',
    'It sees nothing of the time before, and says how much a task uses, not what it does.',
    'On EC2 hosts, an agent of ECS older than 1.29.0 sends nothing; the agent is not updated by it.',
    'The default of the account stays as it is: a cluster that is created later has what that says.',
    'A cluster that collects more already (`enhanced` where `enabled` is asked for) stays as it is.',
  ],
  timeoutSeconds: 330,
  observe: async (target, _params, context) => {
    const cluster = await readCluster(target, context);
    const own = ownershipOf(cluster);
    const insights = insightsOf(cluster);
    return {
      insights,
      protectedBy: own.protectedBy,
      owner: ownerText(own),
      seen: [`Container Insights of cluster ${target.cluster} is ${insights}`],
    };
  },
  plan: planInsights,
  changedBy: ({ cluster }) => [
    {
      eventName: 'UpdateClusterSettings',
      eventSource: 'ecs.amazonaws.com',
      isOn: (asked) => lastName(textAt(asked, 'cluster')) === cluster,
    },
  ],
  intended: (_target, { level }, { insights }) => ({ insights: wanted(insights, level) }),
  execute: async (target, { level }, { insights }, context) => {
    await put(target, wanted(insights, level), context);
    return { kind: 'done', did: `Container Insights of ${target.cluster} is asked to be ${wanted(insights, level)}` };
  },
  verify: (target, { level }, { insights }, context) => readBack(target, wanted(insights, level), context),
  undo: async (target, _params, { insights }, context) => {
    await put(target, insights, context);
    return { kind: 'done', did: `Container Insights of ${target.cluster} is asked to be ${insights} again` };
  },
  verifyUndone: (target, _params, { insights }, context) => readBack(target, insights, context),
});

/** From what collects nothing to what collects most. */
const levels: readonly string[] = ['disabled', 'enabled', 'enhanced'];

/** What somebody has set since, and what collects more, stays. A level that this version does not know is somebody's decision, too. */
const wanted = (insights: string, level: string): string =>
  levels.includes(insights) && levels.indexOf(insights) < levels.indexOf(level) ? level : insights;

/** Where nothing was set, ECS shows `disabled`, or what the default of the account was when the cluster was created. */
const insightsOf = ({ settings = [] }: Cluster): string =>
  settings.find(({ name }) => name === 'containerInsights')?.value ?? 'disabled';

function planInsights(target: ClusterTarget, { level }: Params, { insights }: Observed): Planned {
  if (wanted(insights, level) === insights) {
    return { kind: 'skip', reason: `Container Insights of cluster ${target.cluster} is ${insights} already` };
  }
  return {
    kind: 'step',
    sentence: `Set Container Insights of cluster ${target.cluster} from ${insights} to ${level}: CloudWatch collects what its services and tasks use, and bills it.`,
    undo: reversal,
  };
}

async function put(target: ClusterTarget, value: string, context: ActContext): Promise<void> {
  const read = readsWith(context.aws);
  try {
    const { client, UpdateClusterSettingsCommand } = await read.aws.ecs();
    const settings = [{ name: 'containerInsights' as const, value }];
    await client.send(new UpdateClusterSettingsCommand({ cluster: arnOfCluster(target), settings }), read.call);
  } catch (error) {
    throw namedFailure(error, `Setting Container Insights of ${target.cluster} to ${value}`);
  }
}

/** ECS does not say how soon its reads follow its writes: another value is not there yet. */
async function readBack(target: ClusterTarget, meant: string, context: ReadContext) {
  const now = insightsOf(await readCluster(target, context));
  const state = now === meant ? ('holds' as const) : ('pending' as const);
  return { state, seen: `Container Insights of ${target.cluster} is ${now}`, absence: false };
}
