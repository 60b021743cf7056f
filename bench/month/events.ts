import { type Attack, account, hex, type Image, region, type Weakness } from './fleet.ts';

/** Events as AWS writes them, cut to the fields that differ from one to the next and what surrounds them. */
type Event = { readonly [name: string]: unknown };

const seconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
const iso = (ms: number): string => new Date(ms).toISOString();

const envelope = (id: string, source: string, detailType: string, atMs: number, detail: Event): Event => ({
  version: '0',
  id,
  'detail-type': detailType,
  source,
  account,
  time: seconds(atMs),
  region,
  resources: [],
  detail,
});

const ecr = (image: Image): string => `arn:aws:ecr:${region}:${account}:repository/${image.repository}/${image.digest}`;

export function inspectorFinding(id: string, weakness: Weakness, atMs: number, status = 'ACTIVE'): Event {
  const { image, severity, score, exploited, fixed, epss } = weakness;
  return envelope(id, 'aws.inspector2', 'Inspector2 Finding', atMs, {
    awsAccountId: account,
    description: 'A flaw was found that allows remote code execution under conditions that the vendor describes.',
    epss: { score: epss },
    exploitAvailable: exploited ? 'YES' : 'NO',
    findingArn: `arn:aws:inspector2:${region}:${account}:finding/${hex(32, 'finding', image.digest, weakness.id)}`,
    firstObservedAt: '2026-09-19T17:03:10.114Z',
    fixAvailable: fixed ? 'YES' : 'NO',
    inspectorScore: score,
    lastObservedAt: iso(atMs - 2_000),
    packageVulnerabilityDetails: {
      source: 'NVD',
      sourceUrl: `https://nvd.nist.gov/vuln/detail/${weakness.id}`,
      vendorSeverity: severity,
      vulnerabilityId: weakness.id,
      vulnerablePackages: [
        { name: 'libexample3', version: '3.3.2', packageManager: 'OS', fixedInVersion: '0:3.3.2-r1' },
      ],
    },
    resources: [
      {
        details: {
          awsEcrContainerImage: {
            architecture: 'amd64',
            imageHash: image.digest,
            imageTags: [image.tag],
            platform: 'ALPINE_LINUX_3_20',
            registry: account,
            repositoryName: image.repository,
          },
        },
        id: ecr(image),
        partition: 'aws',
        provider: 'AWS',
        region,
        type: 'AWS_ECR_CONTAINER_IMAGE',
      },
    ],
    severity,
    status,
    title: `${weakness.id} - libexample3`,
    type: 'PACKAGE_VULNERABILITY',
    updatedAt: iso(atMs - 2_000),
  });
}

export const scan = (id: string, image: Image, atMs: number, critical: number): Event =>
  envelope(id, 'aws.ecr', 'ECR Image Scan', atMs, {
    'scan-status': 'COMPLETE',
    'repository-name': image.repository,
    'finding-severity-counts': { ...(critical === 0 ? {} : { CRITICAL: critical }), HIGH: 7, LOW: 31 },
    'image-digest': image.digest,
    'image-tags': [image.tag],
  });

export const push = (id: string, image: Image, atMs: number): Event =>
  envelope(id, 'aws.ecr', 'ECR Image Action', atMs, {
    'action-type': 'PUSH',
    result: 'SUCCESS',
    'repository-name': image.repository,
    'image-digest': image.digest,
    'image-tag': image.tag,
  });

export interface ThreatSeen {
  readonly type: string;
  readonly count: number;
  readonly process: string;
  readonly archived: boolean;
  readonly sample: boolean;
}

export function threat(id: string, attack: Attack, atMs: number, seen: ThreatSeen): Event {
  const { service, image, task, severity, fromMs } = attack;
  const findingId = hex(32, 'threat', task, seen.type);
  const arn = `arn:aws:ecs:${region}:${account}`;
  return envelope(id, 'aws.guardduty', 'GuardDuty Finding', atMs, {
    schemaVersion: '2.0',
    accountId: account,
    region,
    partition: 'aws',
    id: findingId,
    arn: `arn:aws:guardduty:${region}:${account}:detector/d8b1c2d3e4f5061728394a5b6c7d8e9f/finding/${findingId}`,
    type: seen.type,
    resource: {
      resourceType: 'ECSCluster',
      ecsClusterDetails: {
        name: 'prod',
        arn: `${arn}:cluster/prod`,
        status: 'ACTIVE',
        taskDetails: {
          arn: `${arn}:task/prod/${task}`,
          definitionArn: `${arn}:task-definition/${service}:87`,
          startedBy: 'ecs-svc/1234567890123456789',
          containers: [
            { name: service, image: `${account}.dkr.ecr.${region}.amazonaws.com/${image.repository}:${image.tag}` },
          ],
          group: `service:${service}`,
          launchType: 'FARGATE',
        },
      },
    },
    service: {
      serviceName: 'guardduty',
      detectorId: 'd8b1c2d3e4f5061728394a5b6c7d8e9f',
      featureName: 'RuntimeMonitoring',
      resourceRole: 'TARGET',
      runtimeDetails: {
        process: {
          name: seen.process,
          executablePath: `/tmp/.x/${seen.process}`,
          executableSha256: hex(64, seen.process),
        },
      },
      additionalInfo: { value: '{}', type: 'default', ...(seen.sample ? { sample: true } : {}) },
      eventFirstSeen: iso(fromMs),
      eventLastSeen: iso(atMs - 1_000),
      archived: seen.archived,
      count: seen.count,
    },
    severity,
    createdAt: iso(fromMs + 60_000),
    updatedAt: iso(atMs - 500),
    title: 'Something that is associated with an attack runs in a container.',
    description: 'A container has executed something that is associated with an attack.',
  });
}

export function compliance(id: string, definition: string, atMs: number, compliant: boolean): Event {
  const name = 'ecs-containers-nonprivileged-conformance-pack-k7m2x9qwe';
  const resourceId = `arn:aws:ecs:${region}:${account}:task-definition/${definition}`;
  const result = (good: boolean, ms: number): Event => ({
    evaluationResultIdentifier: {
      evaluationResultQualifier: { configRuleName: name, resourceType: 'AWS::ECS::TaskDefinition', resourceId },
      orderingTimestamp: iso(ms),
    },
    complianceType: good ? 'COMPLIANT' : 'NON_COMPLIANT',
    resultRecordedTime: iso(ms),
  });
  return envelope(id, 'aws.config', 'Config Rules Compliance Change', atMs, {
    resourceId,
    awsRegion: region,
    awsAccountId: account,
    configRuleName: name,
    messageType: 'ComplianceChangeNotification',
    newEvaluationResult: result(compliant, atMs - 1_000),
    oldEvaluationResult: result(!compliant, atMs - 86_400_000),
    notificationCreationTime: iso(atMs),
    resourceType: 'AWS::ECS::TaskDefinition',
  });
}

export const patchState = (id: string, host: string, atMs: number, compliant: boolean): Event =>
  envelope(id, 'aws.ssm', 'Configuration Compliance State Change', atMs, {
    'resource-type': 'managed-instance',
    'resource-id': host,
    'compliance-status': compliant ? 'compliant' : 'non_compliant',
    'compliance-type': 'Patch',
    'patch-baseline-id': 'pb-0c10e65780EXAMPLE',
    severity: 'critical',
  });

/** What no rule of the template lets through, and what nobody can read. */
export const elsewhere = (id: string, atMs: number): Event =>
  envelope(id, 'aws.ec2', 'EC2 Instance State-change Notification', atMs, { state: 'running' });
export const broken = (id: string, image: Image, atMs: number): Event =>
  envelope(id, 'aws.ecr', 'ECR Image Scan', atMs, {
    'scan-status': 'COMPLETE',
    'repository-name': image.repository,
    'finding-severity-counts': { CRITICAL: -1 },
    'image-digest': image.digest,
  });
