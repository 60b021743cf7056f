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
      elasticIps: [],
      ipSets: [],
      managedPolicies: [],
      associations: [],
      eksClusters: [],
      functions: [],
      instances: [],
      loadBalancers: [],
      networkAcls: [],
      roles: [],
      users: [],
      secrets: [],
      confirmedAddresses: [],
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
      'prod.account.yaml:2:1: repositorys: "repositorys" is not a key here; did you mean "repositories"?',
    ],
    [
      'bounds of autoscaling that no count lies within',
      'clusters:\n  - name: prod\n    services:\n      - { name: web, taskDefinition: "web:1", desiredCount: 1, autoscaling: { min: 3, max: 2 } }\n',
      'prod.account.yaml:4:79: clusters[0].services[0].autoscaling.min: must not be above max',
    ],
    [
      'autoscaling of a service without a count',
      'taskDefinitions:\n  - { family: web, revision: 1, containers: [{ name: a, image: "docker.io/library/nginx:1" }] }\nclusters:\n  - name: prod\n    services:\n      - { name: web, taskDefinition: "web:1", schedulingStrategy: DAEMON, autoscaling: { min: 1, max: 2 } }\n',
      'prod.account.yaml:6:75: clusters[0].services[0].autoscaling: a DAEMON has one task for each container instance; take it out',
    ],
    [
      'a scheduled action that never comes',
      'clusters:\n  - name: prod\n    services:\n      - { name: web, taskDefinition: "web:1", desiredCount: 1, autoscaling: { min: 1, max: 2, scheduled: [{ name: a, schedule: rate(1 minutes), min: 1, max: 2 }] } }\n',
      'prod.account.yaml:4:118: clusters[0].services[0].autoscaling.scheduled[0].schedule: is no schedule; write rate(1 day) or cron(0 3 * * ? *)',
    ],
    [
      'a typo further in, at its own line',
      'repositories:\n  - name: app\n    images: []\n    tag: {}\n',
      'prod.account.yaml:4:5: repositories[0].tag: "tag" is not a key here; did you mean "tags"?',
    ],
    [
      'a key that is near to none',
      'functions:\n  - name: worker\n    runtime: nodejs24.x\n',
      'prod.account.yaml:3:5: functions[0].runtime: "runtime" is not a key here; one of name, image, tags, role, timeoutSeconds, reservedConcurrency, environment, prints',
    ],
    [
      'a missing key, at what lacks it',
      'clusters:\n  - name: prod\n    services:\n      - name: api\n        desiredCount: 1\n',
      'prod.account.yaml:4:9: clusters[0].services[0].taskDefinition: is missing; add it here',
    ],
    [
      'an account that YAML reads as a number',
      'account: 123456789012\n',
      'prod.account.yaml:1:1: account: must be 12 digits in quotes, e.g. "123456789012"',
    ],
    [
      'a tag that YAML reads as a number',
      `repositories:\n  - name: app\n    images:\n      - digest: ${digest('a')}\n        tags: [1.42]\n`,
      'prod.account.yaml:5:16: repositories[0].images[0].tags[0]: must be text; put it in quotes',
    ],
    [
      'a short digest',
      'repositories:\n  - name: app\n    images:\n      - digest: sha256:abc\n',
      'prod.account.yaml:4:9: repositories[0].images[0].digest: must be sha256: and 64 hexadecimal digits in lower case',
    ],
    [
      'a time without a zone',
      `repositories:\n  - name: app\n    images:\n      - digest: ${digest('a')}\n        pushedAt: 2026-11-20 09:00\n`,
      'prod.account.yaml:5:9: repositories[0].images[0].pushedAt: must be an ISO 8601 UTC time such as 2026-11-20T09:00:00Z',
    ],
    [
      'a value near to an allowed one',
      `repositories:\n  - name: app\n    images:\n      - digest: ${digest('a')}\n        storageClass: ARCHIVED\n`,
      'prod.account.yaml:5:9: repositories[0].images[0].storageClass: must be one of STANDARD, ARCHIVE; did you mean "ARCHIVE"?',
    ],
    [
      'a severity that ECR does not have',
      `repositories:\n  - name: app\n    images:\n      - digest: ${digest('a')}\n        scan: { SEVERE: 1 }\n`,
      'prod.account.yaml:5:17: repositories[0].images[0].scan.SEVERE: "SEVERE" is not a key here; remove it',
    ],
    [
      'an empty key',
      'repositories:\nclusters: []\n',
      'prod.account.yaml:1:1: repositories: has no value; give it one or take it out',
    ],
    [
      'a map in place of a list',
      'repositories:\n  name: app\n',
      'prod.account.yaml:1:1: repositories: must be a list; begin each of its entries with "- "',
    ],
    [
      'a list in place of text',
      'repositories:\n  - name: [app]\n',
      'prod.account.yaml:2:5: repositories[0].name: must be text; write one word or sentence, no list or map',
    ],
    [
      'text in place of a number',
      'taskDefinitions:\n  - { family: api, revision: "7", containers: [{ name: a, image: "docker.io/library/nginx:1" }] }\n',
      'prod.account.yaml:2:20: taskDefinitions[0].revision: must be a number; write it without quotes',
    ],
    [
      'a part of a number',
      'taskDefinitions:\n  - { family: api, revision: 7.5, containers: [{ name: a, image: "docker.io/library/nginx:1" }] }\n',
      'prod.account.yaml:2:20: taskDefinitions[0].revision: must be a whole number; write it without quotes',
    ],
    [
      'a number below the least',
      'taskDefinitions:\n  - { family: api, revision: 0, containers: [{ name: a, image: "docker.io/library/nginx:1" }] }\n',
      'prod.account.yaml:2:20: taskDefinitions[0].revision: must be above 0',
    ],
    [
      'a number above the greatest',
      'clusters:\n  - name: prod\n    services: [{ name: web, taskDefinition: "web:1", desiredCount: 5001 }]\n',
      'prod.account.yaml:3:54: clusters[0].services[0].desiredCount: must be at most 5000',
    ],
    [
      'a key that is missing because it was mistyped, as one mistake',
      'repositories:\n  - nam: app\n',
      'prod.account.yaml:2:5: repositories[0].nam: "nam" is not a key here; did you mean "name"?',
    ],
    [
      "Windows' line ends",
      'region: eu-west-1\r\nrepositories:\r\n  - name: app\r\n    tag: {}\r\n',
      'prod.account.yaml:4:5: repositories[0].tag: "tag" is not a key here; did you mean "tags"?',
    ],
    [
      'JSON with tabs',
      '{\n\t"account": "123456789012",\n\t"regio": "eu-west-1"\n}\n',
      'prod.account.yaml:3:2: regio: "regio" is not a key here; did you mean "region"?',
    ],
  ])('says where and what of %s', (_what, text, message) => {
    expect(refusal(text)).toBe(message);
  });

  it.each([
    ['a slip of indentation', 'repositories:\n  - name: app\n   images: []\n', '3:1'],
    ['an unclosed bracket', 'repositories: [\n', '2:1'],
    ['an unknown tag', 'region: !region eu-west-1\n', '1:9'],
    ['no structure', 'a: b: c\nd\n', '1:4'],
  ])('says in one sentence that YAML with %s cannot be read', (_what, text, place) => {
    const message = refusal(text);
    expect(message).toMatch(
      new RegExp(`^prod\\.account\\.yaml:${place}: not readable as YAML: .+; mend the text there$`),
    );
    expect(message).not.toContain('\n');
  });

  it.each([
    [
      'a key twice',
      'region: eu-west-1\nregion: us-east-1\n',
      '2:1: this key stands in the same place twice; take one of them out',
    ],
    [
      'two documents',
      'region: eu-west-1\n---\nregion: us-east-1\n',
      '2:1: a second document begins here, and an account file is one; take out the "---"',
    ],
    [
      'a tab',
      'repositories:\n\t- name: app\n',
      '2:1: a tab indents this line, which YAML does not allow; write spaces',
    ],
    [
      'an anchor around its own alias',
      'repositories:\n  - &app\n    name: app\n    tags: *app\n',
      '4:11: *app stands within &app, without end; write the value out',
    ],
    [
      'an alias of nothing',
      'repositories: *all\n',
      '1:15: *all stands for nothing: no &all comes before it; write the value out',
    ],
    ['a list as a key', '? [a, b]\n: c\n', '1:3: a list or a map cannot be a key; write one word there'],
    [
      'a merge',
      'repositories:\n  - &app { name: app }\n  - { <<: *app, name: ledger }\n',
      '3:7: a merge of other keys ("<<") is not taken; write them out',
    ],
    [
      'a key that YAML reads as nothing',
      'a: { Null: { b: c } }\n',
      '1:6: Null without quotes stands for no value in YAML; write "Null" in quotes',
    ],
    ['no key', ': c\n', '1:1: a key is missing before the colon; write one word there'],
    [
      'no end of brackets',
      `a: ${'['.repeat(20_000)}`,
      /1:\d+: it is nested deeper than an account file can be; give the path of an account file$/,
    ],
  ])('says what to do about %s', (_what, text, message) => {
    if (typeof message === 'string') expect(refusal(text)).toBe(`prod.account.yaml:${message}`);
    else expect(refusal(text)).toMatch(message);
  });

  it.each([
    ['a rule', 'name: miner\nwhen: {}\ndo: [evidence.capture]\n', 'this is a rule, no account file; '],
    [
      'an event',
      '{ "account": "123456789012", "source": "a", "detail-type": "b" }',
      'this is an event, no account file; ',
    ],
    ['a template', 'Resources: {}\n', 'this is a CloudFormation template, no account file; '],
    ['a template with tags', 'Resources: { A: !Ref B }\n', 'this is a CloudFormation template, no account file; '],
    [
      'a list',
      '- repositories\n',
      'this is a list, no account file; the keys of an account file are account, region, ',
    ],
    ['text', 'just words\n', 'this is a single value, no account file; the keys of '],
    ['other keys', 'host: a\nport: 1\n', 'this is no account file: it has other keys; the keys of '],
    ['UTF-16', Buffer.from('account: "1"\n', 'utf16le').toString('utf8'), 'this is not text in UTF-8; save the file '],
    ['bytes', Buffer.from([0x50, 0x4b, 0xfe, 0xff]).toString('utf8'), 'this is not text in UTF-8; save the file '],
  ])('tells a file of another kind: %s', (_what, text, message) => {
    expect(refusal(text)).toMatch(new RegExp(`^prod\\.account\\.yaml:1:\\d+: ${message}`));
    expect(refusal(text)).not.toContain('\n');
  });

  it('says all that is wrong, in the order of the file, each in its sentence', () => {
    const text = `acount: "1"\nregion: 7\nrepositories:\n  - name: App\n    images: [{ digest: x }, { digest: ${digest('a')}, tags: [1.2] }]\n`;
    expect(refusal(text).split('\n')).toEqual([
      'prod.account.yaml:1:1: acount: "acount" is not a key here; did you mean "account"?',
      'prod.account.yaml:2:1: region: must be text; put it in quotes',
      expect.stringContaining('prod.account.yaml:4:5: repositories[0].name: '),
      expect.stringContaining('prod.account.yaml:5:16: repositories[0].images[0].digest: '),
      expect.stringContaining('prod.account.yaml:5:119: repositories[0].images[1].tags[0]: '),
    ]);
  });

  it('says the first twenty, and how many more there are', () => {
    const many = Array.from({ length: 23 }, (_, at) => `  - { name: app${at}, images: 7 }\n`);
    const said = refusal(`repositories:\n${many.join('')}`).split('\n');
    expect(said).toHaveLength(21);
    expect(said.at(-1)).toBe('prod.account.yaml: and 3 more; mend these first');
  });

  it('does not unfold aliases without end', () => {
    const laughs = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [one, before] of ['ba', 'cb', 'dc', 'ed', 'fe'].map((pair) => pair.split(''))) {
      laughs.push(`${one}: &${one} [${Array.from({ length: 10 }, () => `*${before}`).join(', ')}]`);
    }
    expect(refusal(laughs.join('\n'))).toMatch(/^prod\.account\.yaml:1:1: its aliases unfold to more/);
  });
});
