import { operation } from '../../account.ts';
import { detectorArn, detectorOf, type Managed } from './detector.ts';

const status = (on: boolean): 'ENABLED' | 'DISABLED' => (on ? 'ENABLED' : 'DISABLED');

/** Names of the agents as additional configuration of runtime monitoring. That of EKS is off: there are no pods here. */
const AGENTS: readonly (readonly [name: string, of: Managed | undefined])[] = [
  ['EKS_ADDON_MANAGEMENT', undefined],
  ['ECS_FARGATE_AGENT_MANAGEMENT', 'FARGATE'],
  ['EC2_AGENT_MANAGEMENT', 'EC2'],
];

/** In the names of the wire. Of its features runtime monitoring alone is modelled; those that are always on are listed beside it. */
export const getDetector = operation<{ readonly DetectorId: string }, object>(
  ({ DetectorId }, account) => [{ action: 'guardduty:GetDetector', resource: detectorArn(account, DetectorId) }],
  ({ DetectorId }, { account }) => {
    const { enabled, runtimeMonitoring, managed, since } = detectorOf(account, DetectorId);
    const updatedAt = new Date(since);
    const always = ['CLOUD_TRAIL', 'DNS_LOGS', 'FLOW_LOGS'].map((name) => ({
      name,
      status: status(enabled),
      updatedAt,
    }));
    return {
      createdAt: updatedAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
      findingPublishingFrequency: 'FIFTEEN_MINUTES',
      serviceRole: `arn:aws:iam::${account.id}:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty`,
      status: status(enabled),
      tags: {},
      features: [
        ...always,
        {
          name: 'RUNTIME_MONITORING',
          status: status(runtimeMonitoring),
          updatedAt,
          additionalConfiguration: AGENTS.map(([name, of]) => ({
            name,
            status: status(runtimeMonitoring && of !== undefined && managed.includes(of)),
            updatedAt,
          })),
        },
      ],
    };
  },
);
