import { loadWorld } from '../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { fakeAccount } from '../../fakeAccount.ts';
import { digest } from '../../world/digests.ts';
import { runOn } from '../runOn.ts';

const REGION_AND_ACCOUNT = 'eu-west-1:123456789012';
export const ecsArn = (rest: string): string => `arn:aws:ecs:${REGION_AND_ACCOUNT}:${rest}`;
export const DIGEST = digest('a');
export const IMAGE = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:prod';

/** What IAM is asked about a role that tasks are given. */
export const passing = (resource: string) => ({
  action: 'iam:PassRole',
  resource,
  context: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
});

interface Workloads {
  readonly services?: readonly object[];
  readonly tasks?: readonly object[];
  readonly clusters?: readonly object[];
  readonly hosts?: readonly object[];
  readonly definitions?: readonly object[];
  /** What the service `api` is besides. */
  readonly api?: object;
}

/** What `app:next` runs, `app:broken` ends with at once, and `app:old` is archived. */
export const NEXT = digest('b');
export const BROKEN = digest('c');
export const OLD = digest('d');

/** The cluster `prod` with the service `api` (two tasks of `api:7`), and what else is given. */
export function workloads({
  services = [],
  tasks = [],
  clusters = [],
  hosts = [],
  definitions = [],
  api = {},
}: Workloads = {}) {
  const fake = fakeAccount();
  loadWorld(
    fake.account,
    worldSchema.parse({
      region: 'eu-west-1',
      repositories: [
        {
          name: 'app',
          images: [
            { digest: DIGEST, tags: ['prod'] },
            { digest: NEXT, tags: ['next'] },
            { digest: BROKEN, tags: ['broken'], exits: true },
            { digest: OLD, tags: ['old'], storageClass: 'ARCHIVE' },
          ],
        },
      ],
      taskDefinitions: [
        { family: 'api', revision: 7, containers: [{ name: 'web', image: 'app:prod' }] },
        { family: 'api', revision: 12, containers: [{ name: 'web', image: `app@${DIGEST}` }] },
        { family: 'job', revision: 1, containers: [{ name: 'run', image: 'app:prod' }] },
        { family: 'next', revision: 1, containers: [{ name: 'web', image: 'app:next' }] },
        { family: 'broken', revision: 1, containers: [{ name: 'web', image: 'app:broken' }] },
        { family: 'old', revision: 1, containers: [{ name: 'web', image: 'app:old' }] },
        { family: 'agent', revision: 1, networkMode: 'host', containers: [{ name: 'agent', image: 'app:prod' }] },
        ...definitions,
      ],
      clusters: [
        {
          name: 'prod',
          containerInstances: hosts,
          services: [
            { name: 'api', taskDefinition: 'api:7', desiredCount: 2, tags: { team: 'payments' }, ...api },
            ...services,
          ],
          tasks,
        },
        ...clusters,
      ],
    }),
  );
  return { ...fake, run: runOn(fake) };
}
