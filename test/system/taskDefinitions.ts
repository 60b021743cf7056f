import { clusters, ecsArn, taskDefinitions } from '../../sandbox/services/ecs/state.ts';
import { logsState } from '../../sandbox/services/logs/groups.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { configFinding } from './configFinding.ts';
import { openStage, type Stage } from './stage.ts';

export const revision = 'checkout-api:87';
export const incident = `ecs-task-definition/123456789012/us-east-1/${revision}`;
export const secret = 'correct-horse-battery';
const fixing = (params = '{}', more = '') =>
  [
    'name: fixing',
    'when:',
    '  source: [config]',
    '  status: [open]',
    'do:',
    `  - ecs.fix-task-definition: ${params}`,
    'mode: enforce',
    more,
    '',
  ].join('\n');

interface Given {
  readonly image?: object;
  readonly container?: object;
  readonly definition?: object;
  readonly service?: object;
  readonly cluster?: object;
}

const host = (ec2InstanceId: string) => ({ ec2InstanceId, cpu: 4096, memory: 8192 });
const world = ({ image, container, definition, service, cluster }: Given) =>
  worldSchema.parse({
    account: '123456789012',
    region: 'us-east-1',
    repositories: [{ name: 'checkout', images: [{ digest: `sha256:${'5'.repeat(64)}`, tags: ['1.0'], ...image }] }],
    taskDefinitions: [
      {
        family: 'checkout-api',
        revision: 87,
        networkMode: 'bridge',
        containers: [
          {
            name: 'checkout-api',
            image: 'checkout:1.0',
            privileged: true,
            environment: { DB_PASSWORD: secret },
            ...container,
          },
        ],
        tags: { team: 'checkout' },
        ...definition,
      },
    ],
    clusters: [
      {
        name: 'prod',
        containerInstances: [host('i-0ab12cd34ef567890'), host('i-0ab12cd34ef567891')],
        services: [{ name: 'checkout', taskDefinition: revision, desiredCount: 2, launchType: 'EC2', ...service }],
        ...cluster,
      },
    ],
  });

export async function opened(given: Given, params?: string, more?: string, settings?: string): Promise<Stage> {
  const rules = { fixing: fixing(params, more) };
  return openStage({ world: world(given), rules, ...(settings === undefined ? {} : { settings }) });
}

export function finds(stage: Stage, ...rules: readonly string[]): void {
  for (const rule of rules) {
    const event = configFinding(stage, 'config-task-definition', ecsArn(stage.account, `task-definition/${revision}`));
    stage.deliver(JSON.parse(JSON.stringify(event).replaceAll(/ecs-containers-nonprivileged[-a-z0-9]*/g, rule)));
  }
}

const serviceOf = ({ account }: Stage) => {
  const found = clusters(account).get('prod')?.services.get('checkout');
  if (found === undefined) throw new Error('The service is not there');
  return found;
};
export const logsOf = ({ account }: Stage) =>
  [...logsState(account).groups.values()].map(({ streams }) => [...streams.values()].map(({ events }) => events));
export const deployed = (stage: Stage) => serviceOf(stage).definition;
export const revisions = ({ account }: Stage) => [...taskDefinitions(account).keys()];
export const last = (stage: Stage) => stage.told().at(-1);
export const running = ({ account }: Stage) =>
  [...(clusters(account).get('prod')?.tasks.values() ?? [])].flatMap(({ definition, status }) =>
    status === 'RUNNING' ? [definition.revision] : [],
  );
