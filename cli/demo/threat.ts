import type { Sandbox } from '../../sandbox/sandbox.ts';

/** What GuardDuty's Runtime Monitoring saw in a container of a task. */
export interface Threat {
  readonly type: string;
  readonly severity: number;
  readonly title: string;
  readonly cluster: string;
  readonly service: string;
  /** The task's ARN. */
  readonly task: string;
  /** ARN of its definition. */
  readonly taskDefinition: string;
  readonly container: { readonly name: string; readonly image: string };
  readonly process: { readonly name: string; readonly path: string };
  /** Whom it talks to; absent where that was not seen. */
  readonly remote?: string;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  /** GuardDuty counts on under the same id. */
  readonly count: number;
  /** GuardDuty's id of the finding, 32 hexadecimal digits: later occurrences have the same. */
  readonly id: string;
}

/**
 * `GuardDuty Finding`, in the form that EventBridge delivers it. A later occurrence has the same id, a count that is one
 * higher, and the details of the latest.
 */
export function threatEvent({ id: account, region, random }: Sandbox['account'], at: Date, threat: Threat): object {
  const detector = 'd8b1c2d3e4f5061728394a5b6c7d8e9f';
  const { container, process, cluster, task, remote } = threat;
  return {
    version: '0',
    id: random.uuid(),
    'detail-type': 'GuardDuty Finding',
    source: 'aws.guardduty',
    account,
    time: `${at.toISOString().slice(0, 19)}Z`,
    region,
    resources: [],
    detail: {
      schemaVersion: '2.0',
      accountId: account,
      region,
      partition: 'aws',
      id: threat.id,
      arn: `arn:aws:guardduty:${region}:${account}:detector/${detector}/finding/${threat.id}`,
      type: threat.type,
      resource: {
        resourceType: 'ECSCluster',
        ecsClusterDetails: {
          name: cluster,
          arn: `arn:aws:ecs:${region}:${account}:cluster/${cluster}`,
          status: 'ACTIVE',
          tags: [],
          taskDetails: {
            arn: task,
            definitionArn: threat.taskDefinition,
            version: '4',
            startedBy: 'ecs-svc/1234567890123456789',
            tags: [],
            volumes: [],
            containers: [{ id: `${task.slice(-32)}-0`, name: container.name, image: container.image }],
            group: `service:${threat.service}`,
            launchType: 'FARGATE',
          },
        },
      },
      service: {
        serviceName: 'guardduty',
        detectorId: detector,
        featureName: 'RuntimeMonitoring',
        resourceRole: 'TARGET',
        action:
          remote === undefined
            ? {}
            : {
                actionType: 'NETWORK_CONNECTION',
                networkConnectionAction: { connectionDirection: 'OUTBOUND', remoteIpDetails: { ipAddressV4: remote } },
              },
        runtimeDetails: {
          process: { name: process.name, executablePath: process.path, pid: 4391, userId: 0, user: 'root' },
          context: {},
        },
        additionalInfo: { value: '{}', type: 'default' },
        eventFirstSeen: threat.firstSeenAt.toISOString(),
        eventLastSeen: threat.lastSeenAt.toISOString(),
        archived: false,
        count: threat.count,
      },
      severity: threat.severity,
      createdAt: threat.firstSeenAt.toISOString(),
      updatedAt: at.toISOString(),
      title: threat.title,
      description: threat.title,
    },
  };
}
