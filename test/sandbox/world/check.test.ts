import { describe, expect, it } from 'vitest';
import { readWorld, WorldError } from '../../../sandbox/world/read.ts';
import { digest } from './digests.ts';

/** What reading says of a file of these lines. */
function refusal(...lines: readonly string[]): string {
  try {
    readWorld(lines.join('\n'), 'w.yaml');
  } catch (error) {
    if (error instanceof WorldError) return error.message;
    throw error;
  }
  return 'read';
}

const app = [
  'repositories:',
  '  - name: app',
  '    images:',
  `      - { digest: "${digest('a')}", tags: [prod] }`,
  `      - { digest: "${digest('b')}", tags: [old] }`,
];
const definition = ['taskDefinitions:', '  - family: api', '    revision: 7', '    containers:', '      - name: web'];

describe('what does not fit together', () => {
  it('reads a world in which everything is there once', () => {
    expect(
      refusal(
        ...app,
        ...definition,
        '        image: app:prod',
        'clusters: [{ name: prod, services: [{ name: api, taskDefinition: api:7, desiredCount: 1 }] }]',
      ),
    ).toBe('read');
  });

  it.each([
    [
      'a digest twice in a repository',
      [...app, `      - { digest: "${digest('a')}" }`],
      `w.yaml:6:11: repositories[0].images[2].digest: ${digest('a')} is there already; change or remove one of the two`,
    ],
    [
      'a tag on two images',
      [...app, `      - { digest: "${digest('c')}", tags: [new, old] }`],
      'w.yaml:6:106: repositories[0].images[2].tags[1]: the tag old is on another image already; a repository has each tag once, so take it off one of them',
    ],
    [
      'a repository twice',
      [...app, '  - name: app'],
      'w.yaml:6:5: repositories[1].name: app is there already; change or remove one of the two',
    ],
    [
      'a platform twice in an index',
      [
        ...app,
        `      - { digest: "${digest('c')}", platforms: [{ digest: "${digest('d')}" }, { digest: "${digest('d')}" }] }`,
      ],
      `w.yaml:6:195: repositories[0].images[2].platforms[1].digest: ${digest('d')} is there already; change or remove one of the two`,
    ],
    [
      'an index within itself',
      [...app, `      - { digest: "${digest('c')}", platforms: [{ digest: "${digest('c')}" }] }`],
      `w.yaml:6:108: repositories[0].images[2].platforms[0].digest: ${digest('c')} is an index itself; list the images of its platforms here instead`,
    ],
    [
      'an archived image that an index still needs',
      [
        'repositories:',
        '  - name: app',
        '    images:',
        `      - { digest: "${digest('c')}", platforms: [{ digest: "${digest('d')}" }] }`,
        `      - digest: ${digest('d')}`,
        '        storageClass: ARCHIVE',
      ],
      `w.yaml:6:9: repositories[0].images[1].storageClass: the index ${digest('c')} needs it, and ECR archives an index first; archive that too, or neither`,
    ],
    [
      'a task definition twice',
      [
        ...app,
        ...definition,
        '        image: app:prod',
        '  - { family: api, revision: 7, containers: [{ name: a, image: app:old }] }',
      ],
      'w.yaml:12:20: taskDefinitions[1].revision: api:7 is there already; change or remove one of the two',
    ],
    [
      'a container twice',
      [...app, ...definition, '        image: app:prod', '      - { name: web, image: app:old }'],
      'w.yaml:12:11: taskDefinitions[0].containers[1].name: web is there already; change or remove one of the two',
    ],
    [
      'a service whose task definition is missing',
      [
        ...app,
        ...definition,
        '        image: app:prod',
        'clusters:',
        '  - name: prod',
        '    services:',
        '      - name: api',
        '        desiredCount: 2',
        '        taskDefinition: api:8',
      ],
      'w.yaml:17:9: clusters[0].services[0].taskDefinition: api:8 is not among the taskDefinitions; did you mean "api:7"?',
    ],
    [
      'a task whose task definition is missing',
      ['clusters:', '  - { name: prod, tasks: [{ id: t1, taskDefinition: job:1 }] }'],
      'w.yaml:2:37: clusters[0].tasks[0].taskDefinition: job:1 is not among the taskDefinitions; add it there',
    ],
    [
      'a service and a task twice',
      [
        ...app,
        ...definition,
        '        image: app:prod',
        'clusters:',
        '  - name: prod',
        '    tasks: [{ id: t1, taskDefinition: api:7 }, { id: t1, taskDefinition: api:7 }]',
      ],
      'w.yaml:14:50: clusters[0].tasks[1].id: t1 is there already; change or remove one of the two',
    ],
    [
      'a scheduled task twice, in whatever cluster',
      [
        ...app,
        ...definition,
        '        image: app:prod',
        'clusters:',
        '  - { name: a, scheduledTasks: [{ name: n, schedule: rate(1 day), taskDefinition: api:7 }] }',
        '  - { name: b, scheduledTasks: [{ name: n, schedule: rate(1 day), taskDefinition: api:7 }] }',
      ],
      'w.yaml:14:35: clusters[1].scheduledTasks[0].name: n is there already; change or remove one of the two',
    ],
    [
      'a schedule that is none',
      [
        ...app,
        ...definition,
        '        image: app:prod',
        'clusters:',
        '  - { name: a, scheduledTasks: [{ name: n, schedule: daily, taskDefinition: api:7 }] }',
      ],
      'w.yaml:13:44: clusters[0].scheduledTasks[0].schedule: "daily" is no schedule; write rate(1 day) or cron(0 3 * * ? *)',
    ],
    [
      'a scheduled task whose task definition is missing',
      ['clusters:', '  - { name: a, scheduledTasks: [{ name: n, schedule: rate(1 day), taskDefinition: job:1 }] }'],
      'w.yaml:2:67: clusters[0].scheduledTasks[0].taskDefinition: job:1 is not among the taskDefinitions; add it there',
    ],
    [
      'a function twice',
      ['functions: [{ name: worker }, { name: worker }]'],
      'w.yaml:1:33: functions[1].name: worker is there already; change or remove one of the two',
    ],
    [
      'an image of no repository',
      [...app, ...definition, '        image: ap:prod'],
      'w.yaml:11:9: taskDefinitions[0].containers[0].image: "ap:prod" is of no repository of this file; did you mean "app"? (an image of a registry elsewhere needs its host, e.g. docker.io/library/nginx:1.27)',
    ],
    [
      'a tag that no image has',
      [...app, ...definition, '        image: app:prd'],
      'w.yaml:11:9: taskDefinitions[0].containers[0].image: "app:prd" names a tag that no image of app has; did you mean "prod"?',
    ],
    [
      'no tag where none is latest',
      [...app, ...definition, '        image: app'],
      'w.yaml:11:9: taskDefinitions[0].containers[0].image: "app" names a tag that no image of app has; one of prod, old',
    ],
    [
      'a digest that the repository does not hold',
      [...app, ...definition, `        image: app@${digest('f')}`],
      `w.yaml:11:9: taskDefinitions[0].containers[0].image: "app@${digest('f')}" names a digest that app does not hold; add it to the images of app`,
    ],
    [
      'a function of an image elsewhere',
      ['functions: [{ name: worker, image: public.ecr.aws/lambda/nodejs:24 }]'],
      'w.yaml:1:29: functions[0].image: "public.ecr.aws/lambda/nodejs:24" is elsewhere, and Lambda runs images of the account\'s own registry only; name one of those',
    ],
  ])('refuses %s', (_what, lines, message) => {
    expect(refusal(...lines)).toBe(message);
  });

  it('lets an image be of two indexes, and have an entry of its own', () => {
    expect(
      refusal(
        'repositories:',
        '  - name: app',
        '    images:',
        `      - { digest: "${digest('c')}", platforms: [{ digest: "${digest('d')}" }] }`,
        `      - { digest: "${digest('e')}", platforms: [{ digest: "${digest('d')}" }] }`,
        `      - { digest: "${digest('d')}", tags: [amd64] }`,
      ),
    ).toBe('read');
  });
});
