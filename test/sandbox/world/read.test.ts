import { describe, expect, it } from 'vitest';
import { readWorld, WorldError } from '../../../sandbox/world/read.ts';
import { digest } from './digests.ts';

const file = 'prod.account.yaml';

/** What reading the text says. */
function refusal(text: string): string {
  try {
    readWorld(text, file);
  } catch (error) {
    if (error instanceof WorldError) return error.message;
    throw error;
  }
  return 'read';
}

describe('reading an account file', () => {
  it('fills in what may be left out', () => {
    const world = readWorld(`repositories:\n  - name: app\n    images:\n      - digest: ${digest('a')}\n`, file);
    expect(world).toEqual({
      account: '123456789012',
      region: 'us-east-1',
      repositories: [
        {
          name: 'app',
          tags: {},
          tagMutability: 'MUTABLE',
          tagMutabilityExclusions: [],
          scanOnPush: false,
          images: [
            {
              digest: digest('a'),
              tags: [],
              pushedAt: '2026-01-01T00:00:00Z',
              storageClass: 'STANDARD',
              platforms: [],
            },
          ],
        },
      ],
      taskDefinitions: [],
      clusters: [],
      securityGroups: [],
      functions: [],
    });
  });

  it('takes an empty file as an empty account', () => {
    expect(readWorld('# nothing yet\n', file).repositories).toEqual([]);
  });

  it('takes JSON', () => {
    expect(readWorld('{ "account": "999999999999" }', file).account).toBe('999999999999');
  });

  it.each([
    [
      'a typo in a key',
      'region: eu-west-1\nrepositorys: []\n',
      'prod.account.yaml:2: repositorys: "repositorys" is not a key here; did you mean "repositories"?',
    ],
    [
      'bounds of autoscaling that no count lies within',
      'clusters:\n  - name: prod\n    services:\n      - { name: web, taskDefinition: "web:1", desiredCount: 1, autoscaling: { min: 3, max: 2 } }\n',
      'prod.account.yaml:4: clusters[0].services[0].autoscaling.min: must not be above max',
    ],
    [
      'autoscaling of a service without a count',
      'taskDefinitions:\n  - { family: web, revision: 1, containers: [{ name: a, image: "docker.io/library/nginx:1" }] }\nclusters:\n  - name: prod\n    services:\n      - { name: web, taskDefinition: "web:1", schedulingStrategy: DAEMON, autoscaling: { min: 1, max: 2 } }\n',
      'prod.account.yaml:6: clusters[0].services[0].autoscaling: a DAEMON has one task for each container instance; take it out',
    ],
    [
      'a scheduled action that never comes',
      'clusters:\n  - name: prod\n    services:\n      - { name: web, taskDefinition: "web:1", desiredCount: 1, autoscaling: { min: 1, max: 2, scheduled: [{ name: a, schedule: rate(1 minutes), min: 1, max: 2 }] } }\n',
      'prod.account.yaml:4: clusters[0].services[0].autoscaling.scheduled[0].schedule: is no schedule; write rate(1 day) or cron(0 3 * * ? *)',
    ],
    [
      'a typo further in, at its own line',
      'repositories:\n  - name: app\n    images: []\n    tag: {}\n',
      'prod.account.yaml:4: repositories[0].tag: "tag" is not a key here; did you mean "tags"?',
    ],
    [
      'a key that is near to none',
      'functions:\n  - name: worker\n    runtime: nodejs24.x\n',
      'prod.account.yaml:3: functions[0].runtime: "runtime" is not a key here; one of name, image',
    ],
    [
      'a missing key, at what lacks it',
      'clusters:\n  - name: prod\n    services:\n      - name: api\n        desiredCount: 1\n',
      'prod.account.yaml:4: clusters[0].services[0].taskDefinition: is missing',
    ],
    [
      'an account that YAML reads as a number',
      'account: 123456789012\n',
      'prod.account.yaml:1: account: must be 12 digits in quotes, e.g. "123456789012"',
    ],
    [
      'a tag that YAML reads as a number',
      `repositories:\n  - name: app\n    images:\n      - digest: ${digest('a')}\n        tags: [1.42]\n`,
      'prod.account.yaml:5: repositories[0].images[0].tags[0]: must be of type string, received number',
    ],
    [
      'a short digest',
      'repositories:\n  - name: app\n    images:\n      - digest: sha256:abc\n',
      'prod.account.yaml:4: repositories[0].images[0].digest: must be sha256: and 64 hexadecimal digits in lower case',
    ],
    [
      'a time without a zone',
      `repositories:\n  - name: app\n    images:\n      - digest: ${digest('a')}\n        pushedAt: 2026-11-20 09:00\n`,
      'prod.account.yaml:5: repositories[0].images[0].pushedAt: must be an ISO 8601 UTC time such as 2026-11-20T09:00:00Z',
    ],
    [
      'a value near to an allowed one',
      `repositories:\n  - name: app\n    images:\n      - digest: ${digest('a')}\n        storageClass: ARCHIVED\n`,
      'prod.account.yaml:5: repositories[0].images[0].storageClass: must be one of STANDARD, ARCHIVE; did you mean "ARCHIVE"?',
    ],
    [
      'a severity that ECR does not have',
      `repositories:\n  - name: app\n    images:\n      - digest: ${digest('a')}\n        scan: { SEVERE: 1 }\n`,
      'prod.account.yaml:5: repositories[0].images[0].scan.SEVERE: "SEVERE" is not a key here; remove it',
    ],
    ['a text in place of a map', 'just words\n', 'prod.account.yaml:1: must be of type object, received string'],
  ])('says where and what of %s', (_what, text, message) => {
    expect(refusal(text)).toBe(message);
  });

  it.each([
    ['a slip of indentation', 'repositories:\n  - name: app\n   images: []\n', 3],
    ['an unclosed bracket', 'repositories: [\n', 2],
    ['a key twice', 'region: eu-west-1\nregion: us-east-1\n', 2],
    ['two documents', 'region: eu-west-1\n---\nregion: us-east-1\n', 2],
    ['an unknown tag', 'region: !region eu-west-1\n', 1],
  ])('says in one sentence that YAML with %s cannot be read', (_what, text, line) => {
    const message = refusal(text);
    expect(message).toMatch(
      new RegExp(`^prod\\.account\\.yaml:${line}: not readable as YAML: .+; mend the text there$`),
    );
    expect(message).not.toContain('\n');
  });

  it('does not unfold aliases without end', () => {
    const laughs = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [one, before] of ['ba', 'cb', 'dc', 'ed', 'fe'].map((pair) => pair.split(''))) {
      laughs.push(`${one}: &${one} [${Array.from({ length: 10 }, () => `*${before}`).join(', ')}]`);
    }
    expect(refusal(laughs.join('\n'))).toMatch(/^prod\.account\.yaml:1: its aliases unfold to more/);
  });
});
