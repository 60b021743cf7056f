import { clientConfig } from '../../shared/platform/sdk/config.ts';
import type { StageConnection } from '../stage.ts';
import { asked } from './asked.ts';

/** GuardDuty in one Region (GuardDuty API, GetDetector). */
export interface Detector {
  readonly id: string;
  readonly enabled: boolean;
  readonly runtimeMonitoring: boolean;
  /** Agents that GuardDuty puts onto tasks and hosts by itself, by the name of that configuration. */
  readonly agents: { readonly [name in Agent]: boolean };
}

export const agents = ['ECS_FARGATE_AGENT_MANAGEMENT', 'EC2_AGENT_MANAGEMENT'] as const;
type Agent = (typeof agents)[number];

/** The Region's detector; undefined: there is none. */
export async function readDetector({ config }: StageConnection): Promise<Detector | undefined> {
  const { GetDetectorCommand, GuardDutyClient, ListDetectorsCommand } = await import('@aws-sdk/client-guardduty');
  const client = new GuardDutyClient(clientConfig(config));
  const { DetectorIds: [id] = [] } = await asked('guardduty:ListDetectors', () =>
    client.send(new ListDetectorsCommand({})),
  );
  if (id === undefined) return undefined;
  const { Status, Features = [] } = await asked('guardduty:GetDetector', () =>
    client.send(new GetDetectorCommand({ DetectorId: id })),
  );
  const runtime = Features.find(({ Name }) => Name === 'RUNTIME_MONITORING');
  const manages = (agent: Agent): boolean =>
    (runtime?.AdditionalConfiguration ?? []).some(({ Name, Status: is }) => Name === agent && is === 'ENABLED');
  return {
    id,
    enabled: Status === 'ENABLED',
    runtimeMonitoring: runtime?.Status === 'ENABLED',
    agents: {
      ECS_FARGATE_AGENT_MANAGEMENT: manages('ECS_FARGATE_AGENT_MANAGEMENT'),
      EC2_AGENT_MANAGEMENT: manages('EC2_AGENT_MANAGEMENT'),
    },
  };
}

/** How GuardDuty is enabled where it is not there at all. */
export const enable = (region: string): string =>
  `Enable GuardDuty: aws guardduty create-detector --enable --region ${region}, or "Get started" in its console.`;
