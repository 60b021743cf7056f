import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../../shared/platform/json.ts';

const digest = (pair: string): string => `sha256:${pair.repeat(32)}`;

/** A scan of an image of agreement.account.yaml with critical vulnerabilities; `detail` replaces fields of it. */
function scan(name: string, pair: string, detail: { readonly [field: string]: unknown } = {}): JsonObject {
  const event = {
    version: '0',
    id: ['agreement', name, pair, ...Object.keys(detail)].join('-'),
    'detail-type': 'ECR Image Scan',
    source: 'aws.ecr',
    account: '123456789012',
    time: '2026-11-20T02:01:00Z',
    region: 'us-east-1',
    resources: [],
    detail: {
      'scan-status': 'COMPLETE',
      'repository-name': `team/${name}`,
      'image-digest': digest(pair),
      'image-tags': ['1.0'],
      'finding-severity-counts': { CRITICAL: 12, HIGH: 3 },
      ...detail,
    },
  };
  // What is undefined is left out.
  return JSON.parse(JSON.stringify(event));
}

const sample = (name: string): JsonObject =>
  JSON.parse(readFileSync(new URL(`../../../events/${name}.json`, import.meta.url), 'utf8'));

function otherAccount(): JsonObject {
  const event = sample('inspector-finding-administrator');
  return { ...event, detail: { ...(event['detail'] as JsonObject), awsAccountId: '210987654321' } };
}

const miner = 'Impact:Runtime/CryptoMinerExecuted';
const shell = 'Execution:Runtime/ReverseShell';

/** A finding on the first task of a service of cluster shop, seen first at 01:50; `at` is its place in agreement.account.yaml. */
function threat(service: string, at: number, type: string): JsonObject {
  const event = sample('guardduty-ecs-miner');
  const detail = event['detail'] as JsonObject;
  const task = `arn:aws:ecs:us-east-1:123456789012:task/shop/${(0xc0 + at).toString(16).repeat(16)}`;
  const standalone = service === 'job';
  return {
    ...event,
    id: `agreement-threat-${service}`,
    account: '123456789012',
    region: 'us-east-1',
    detail: {
      ...detail,
      accountId: '123456789012',
      region: 'us-east-1',
      id: `threat-${service}`,
      type,
      severity: 8,
      createdAt: '2026-11-20T01:52:00Z',
      updatedAt: '2026-11-20T01:58:00Z',
      resource: {
        resourceType: 'ECSCluster',
        ecsClusterDetails: {
          name: 'shop',
          arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/shop',
          taskDetails: {
            arn: task,
            definitionArn: `arn:aws:ecs:us-east-1:123456789012:task-definition/shop-${service}:${standalone ? 1 : 2}`,
            containers: [{ name: 'app', image: `123456789012.dkr.ecr.us-east-1.amazonaws.com/team/shop:${service}` }],
            group: standalone ? 'family:shop-job' : `service:${service}`,
          },
        },
      },
      service: {
        ...(detail['service'] as JsonObject),
        runtimeDetails: { process: { name: 'x', executablePath: '/app/x' }, context: {} },
        eventFirstSeen: '2026-11-20T01:50:00Z',
        eventLastSeen: '2026-11-20T01:55:00Z',
      },
    },
  };
}

export interface Case {
  readonly about: string;
  readonly event: JsonObject;
  readonly decision: string;
  readonly tier: string;
}

const one = (about: string, event: JsonObject, decision: string, tier: string): Case => ({
  about,
  event,
  decision,
  tier,
});

/** Events of which none has to do with another's image. */
export const cases: readonly Case[] = [
  one('an image that nothing runs', scan('unused', '1a'), 'contain', 'digest'),
  one('an image that a service runs', scan('service', '2a'), 'hold', 'page'),
  one('an image that a standalone task runs', scan('task', '3a'), 'hold', 'page'),
  one('an image that a function is made from', scan('function', '4a'), 'hold', 'page'),
  one('an image of a function that is named like ours', scan('drill', '4b'), 'hold', 'page'),
  one('an image that a rule named like ours would start', scan('nightly', '4c'), 'hold', 'page'),
  one('an image that a pod runs', scan('pod', '4d'), 'hold', 'page'),
  one('an image that an exemption takes out', scan('exempted', '5a'), 'ignore', 'none'),
  one('an exemption that leaves the quarantine out', scan('evidence-only', '6a'), 'observe', 'digest'),
  one('an image that a rule only observes', scan('watched', '7a'), 'observe', 'digest'),
  one(
    'an image that the settings protect, under a rule that lowers the tier',
    scan('protected', '8a'),
    'approve',
    'notice',
  ),
  one('an image that somebody pulled yesterday', scan('pulled-lately', '9a'), 'hold', 'page'),
  one('an image that nobody has pulled for months', scan('pulled-long-ago', 'ab'), 'contain', 'digest'),
  one('an image whose only task has stopped', scan('stopped', 'bc'), 'contain', 'digest'),
  one('an image that is archived', scan('archived', 'de'), 'observe', 'digest'),
  one('an index with two platforms', scan('index', 'e1'), 'contain', 'digest'),
  one('an image that two indexes share', scan('shared', 'f1'), 'hold', 'page'),
  one('an image that is not there', scan('plain', '00'), 'observe', 'digest'),
  one('a repository that is not there', scan('nowhere', '01'), 'observe', 'digest'),
  one('no digest', scan('plain', 'cd', { 'image-digest': undefined }), 'hold', 'page'),
  one(
    'a scan that did not finish',
    scan('unfinished', '02', { 'scan-status': 'FAILED', 'finding-severity-counts': undefined }),
    'observe',
    'digest',
  ),
  one(
    'a high vulnerability, which no rule takes',
    scan('plain', 'cd', { 'finding-severity-counts': { HIGH: 1 } }),
    'ignore',
    'none',
  ),
  one(
    'a clean scan, which the template does not route',
    scan('clean', '03', { 'finding-severity-counts': {} }),
    'ignore',
    'none',
  ),
  one(
    'a count that is a text',
    scan('malformed', '04', { 'finding-severity-counts': { CRITICAL: 1, HIGH: 'many' } }),
    'invalid',
    'none',
  ),
  one('tags of an attacker', sample('ecr-scan-hostile-tags'), 'observe', 'digest'),
  one('another partition', sample('ecr-scan-china'), 'hold', 'page'),
  one('an image of another account', otherAccount(), 'hold', 'page'),
  one('one vulnerability of two images', sample('inspector-finding-two-images'), 'observe', 'digest'),
  one('a scan of an EC2 instance', sample('inspector-scan-instance'), 'ignore', 'none'),
  one('a push', sample('ecr-image-push'), 'ignore', 'none'),
  one('a threat on an instance', sample('guardduty-instance-bitcoin-dns'), 'observe', 'page'),
  one('a threat on a function', sample('guardduty-lambda-c2'), 'observe', 'page'),
  one('a threat on a task that is not there', sample('guardduty-ecs-standalone-task'), 'observe', 'page'),
  one('an attack sequence on a cluster that is not there', sample('guardduty-ecs-attack-sequence'), 'observe', 'page'),
  one('a threat of a type that nobody knows', sample('guardduty-unknown-type'), 'observe', 'page'),
  one('a threat that no rule takes', sample('guardduty-iam-user'), 'ignore', 'none'),
  one('a sample of a threat', sample('guardduty-sample'), 'ignore', 'none'),
  one('a threat on a task that cannot be one', sample('guardduty-malformed-task-arn'), 'invalid', 'none'),
  one('a miner that came with the image', threat('miner', 0, miner), 'contain', 'page'),
  one('a shell in a service', threat('shell', 1, shell), 'contain', 'page'),
  one('a miner that was seen long after the deployment', threat('late', 2, miner), 'contain', 'page'),
  one('a miner in the image of a protected service', threat('guarded', 3, miner), 'approve', 'page'),
  one('a miner in the first image that a service ever ran', threat('first', 4, miner), 'hold', 'page'),
  one(
    'a miner in a service that CodeDeploy deploys, of which no history is known',
    threat('codedeploy', 5, miner),
    'contain',
    'page',
  ),
  one('a shell in the only task of a protected service', threat('single', 6, shell), 'approve', 'page'),
  one('a miner in the image of a service that scales', threat('scaled', 7, miner), 'contain', 'page'),
  one('a shell in a task of no service', threat('job', 8, shell), 'contain', 'page'),
  one('a shell in a pod', sample('guardduty-eks-reverse-shell'), 'contain', 'page'),
  ...[
    ['config-repository-first', 'observe', 'notice'],
    ['config-task-definition', 'observe', 'notice'],
    ['config-patch-managed-instance', 'observe', 'notice'],
    ['config-role-by-arn', 'observe', 'notice'],
    ['config-volume-own-rule', 'observe', 'notice'],
    ['config-account', 'observe', 'notice'],
    ['config-aggregator', 'hold', 'page'],
    ['config-malformed-account', 'invalid', 'none'],
    ['config-repository-compliant-first', 'ignore', 'none'],
    ['ssm-typo-source', 'ignore', 'none'],
    ['ecr-scan-change-off', 'observe', 'notice'],
    ['ecr-scan-change-on', 'ignore', 'none'],
    ['ecr-image-action-push-index', 'ignore', 'none'],
    ['ecr-image-action-archived', 'ignore', 'none'],
    ['ecr-image-action-deleted', 'ignore', 'none'],
    ['inspector-finding-azure-machine', 'ignore', 'none'],
    ['inspector-finding-code-repository', 'ignore', 'none'],
    ['guardduty-sight-lost-eks', 'observe', 'notice'],
    ['guardduty-s3-bucket', 'observe', 'page'],
    ['guardduty-rds-instance', 'observe', 'page'],
    ['guardduty-bedrock-guardrail', 'ignore', 'none'],
  ].map(([name = '', decision = '', tier = '']) => one(name, sample(name), decision, tier)),
];
