import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import type { Stage } from '../../system/stage.ts';
import { clientOf } from './awsShows.ts';
import { app, cluster, type Different, digests, repository, service, type Written } from './world.ts';

/** One kind of service. */
export interface Kind {
  readonly different?: Different;
  /** What happens to it before GuardDuty finds something. */
  readonly prepare?: (stage: Stage) => Promise<void>;
  /** How many tasks it has; 4 without it. */
  readonly tasks?: number;
  /** Revision of the definition that is clean; 86 without it. */
  readonly to?: number;
  /** A copy of that is registered, which names its images by digest. */
  readonly pinned?: boolean;
  /** Its tasks have no role, so that nobody can have taken credentials. */
  readonly roleless?: boolean;
  /** It is not there any more when the finding comes. */
  readonly gone?: boolean;
  /** Definition that somebody deploys meanwhile. */
  readonly after?: string;
  /** An undo needs a copy of its definition, too. */
  readonly movedSince?: boolean;
}

const host = (n: number) => ({ ec2InstanceId: `i-0ab12cd34ef5678${n}0` });
const onHosts = { hosts: [host(1), host(2), host(3)], definitions: { networkMode: 'bridge' } } as const;

/** Somebody deploys: the first new tasks run, the last old ones as well. */
const deploying =
  (taskDefinition: string, seconds = 25) =>
  async (stage: Stage): Promise<void> => {
    await new ECSClient(clientOf(stage)).send(new UpdateServiceCommand({ cluster, service, taskDefinition }));
    await stage.pass(seconds);
  };

const daemon = {
  ...onHosts,
  service: { schedulingStrategy: 'DAEMON', desiredCount: undefined, minimumHealthyPercent: 0, maximumPercent: 100 },
} as const;

const before87 = {
  taskDefinition: 'checkout:86',
  deployedAt: '2026-11-14T10:00:00Z',
  history: [{ taskDefinition: 'checkout:85', deployedAt: '2026-11-01T10:00:00Z' }],
};

/** An image scan finds vulnerabilities: nobody is at work, and its incident is open. */
const scanned =
  (digest: string) =>
  async (stage: Stage): Promise<void> => {
    stage.scan({ repository, digest });
    await stage.settle();
  };

const tags = { 85: '1.40.0', 86: '1.41.0', 87: '1.42.0' } as const;
const containersOf = (more: (tag: string) => readonly Written[]) =>
  Object.fromEntries(Object.entries(tags).map(([revision, tag]) => [revision, { containers: more(tag) }]));
const withProxy = containersOf((tag) => [app(tag), { name: 'proxy', image: 'shop/proxy:3.0.0' }]);
const readOnly = containersOf((tag) => [{ ...app(tag), readonlyRootFilesystem: true }]);

/** By tag, of which the definition does not say what it stands for: `live` points to this one now. */
const byTag = (pointsTo: 'accused' | 'newer'): Different => ({
  images: { [pointsTo]: { tags: [pointsTo === 'accused' ? '1.42.0' : '1.43.0', 'live'] } },
  definitions: { containers: [app('live')] },
  service: {
    digests: { app: digests.accused },
    history: [{ taskDefinition: 'checkout:87', digests: { app: digests.clean }, deployedAt: '2026-11-14T10:00:00Z' }],
  },
});

/** The nine that every strategy meets, for every cause. */
export const kinds = {
  plain: { different: { definitions: { taskRoleArn: undefined } }, roleless: true },
  autoscaled: { different: { service: { autoscaling: { min: 2, max: 10, target: 4 } } } },
  ec2: { different: { ...onHosts, service: { launchType: 'EC2' } } },
  daemon: { different: daemon, tasks: 3 },
  codeDeploy: { different: { service: { deploymentController: 'CODE_DEPLOY', history: [] } } },
  midDeployment: { different: { service: before87 }, prepare: deploying('checkout:87') },
  protected: { different: { service: { tags: { 'firebreak:protected': 'true' } } } },
  single: { different: { service: { desiredCount: 1 } }, tasks: 1 },
  movedTag: { different: byTag('accused'), pinned: true },
} as const satisfies { readonly [name: string]: Kind };

export type KindName = keyof typeof kinds;

const archived = { storageClass: 'ARCHIVE' };

/** Others, each for the sake of one question. */
export const oddKinds = {
  /** A deployment of another version is under way: somebody is mending it. */
  otherDeploying: { prepare: deploying('checkout:88', 12), after: 'checkout:88' },
  /** The tag of the accused version has moved since it was deployed: an undo must bring back that, and nothing newer. */
  movedSince: { different: byTag('newer'), pinned: true, movedSince: true },
  breaker: { different: { service: { circuitBreaker: { enable: true, rollback: true } } } },
  /** What was clean does not come up any more. */
  cleanFails: {
    different: { images: { clean: { exits: true } }, service: { circuitBreaker: { enable: true, rollback: true } } },
  },
  protectedTasks: { different: { service: { protectedTasks: 2 } } },
  twoContainers: { different: { definition: withProxy } },
  cleanArchived: { different: { images: { clean: archived } }, to: 85 },
  allArchived: { different: { images: { clean: archived, older: archived } } },
  /** An open incident accuses the clean image, which waits for a person, because something runs it. */
  suspect: {
    different: { tasks: [{ id: 'abcdef0123456789abcdef0123456789', taskDefinition: 'checkout:86' }] },
    prepare: scanned(digests.clean),
    to: 85,
  },

  deregistered: { different: { definition: { 86: { status: 'INACTIVE' } } }, pinned: true },
  deleted: {
    different: { service: { status: 'INACTIVE', desiredCount: 0, digests: { app: digests.accused } } },
    gone: true,
  },
  sharedImage: {
    different: { services: [{ name: 'kiosk', taskDefinition: 'checkout:87', desiredCount: 1 }] },
  },
  external: { different: { service: { deploymentController: 'EXTERNAL', history: [] }, definition: readOnly } },
  codeDeployReadOnly: {
    different: { service: { deploymentController: 'CODE_DEPLOY', history: [] }, definition: readOnly },
  },
  /** Autoscaling by the clock, more often than anybody would: it must not bring back what is at zero. */
  scheduled: {
    different: {
      service: {
        autoscaling: {
          min: 2,
          max: 10,
          target: 4,
          scheduled: [{ name: 'often', schedule: 'rate(10 minutes)', min: 2, max: 10 }],
        },
      },
    },
  },
  single: kinds.single,
  protectedSingle: {
    different: { service: { desiredCount: 1, tags: { 'firebreak:protected': 'true' } } },
    tasks: 1,
  },
} as const satisfies { readonly [name: string]: Kind };
