import type { Resource } from './resource.ts';

/** A finding: one normalised statement about one resource. Rules are patterns over this shape. */

export type FindingStatus = 'open' | 'resolved' | 'suppressed' | 'inconclusive';
export type SeverityLabel = 'critical' | 'high' | 'medium' | 'low' | 'informational' | 'unknown';

/** How many vulnerabilities of each severity a scan counted; a key that the source left out is 0. */
export interface SeverityCounts {
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
  readonly informational: number;
  readonly undefined: number;
}

export interface Vulnerability {
  readonly id: string;
  readonly score: number | null;
  readonly epss: number | null;
  /** Whether a working exploit is known: not yet that somebody used one. */
  readonly exploitAvailable: boolean | null;
  readonly fixAvailable: 'yes' | 'no' | 'partial' | null;
  /** When it was last seen exploited, by anybody and anywhere, ISO 8601 UTC. Absent where the source says nothing of it. */
  readonly exploited?: { readonly at: string };
}

/** What is not as a rule of AWS Config, or Systems Manager, wants it. */
export interface Compliance {
  /** `config`; of Systems Manager its own word: `Patch`, `Association`, `Custom:…`. */
  readonly type: string;
  /**
   * Of AWS Config: the rule's name without what a conformance pack or Security Hub puts around it, which is the name of the managed rule:
   * `ecs-containers-nonprivileged`. Null for Systems Manager.
   */
  readonly rule: string | null;
  /** The rule's name as the event gives it. */
  readonly ruleName: string | null;
  /** As the source calls it: `AWS::ECS::TaskDefinition`, `managed-instance`; null where the event does not say. */
  readonly resourceType: string | null;
  /** Id of the patch baseline, where the event names one. */
  readonly baseline: string | null;
}

/** What can be reached from outside; null is what the source does not say. */
export interface Exposure {
  /** `TCP`, `UDP`. */
  readonly protocol: string | null;
  /** The first and the last open port. */
  readonly fromPort: number | null;
  readonly toPort: number | null;
  /** Ids of the security groups on the way, which let it be reached. */
  readonly groups: readonly string[];
}

/** What was seen of somebody at work. All text in it is whatever an attacker wrote. */
export interface Threat {
  /** When it was seen first and how often since, as the source counts it; ISO 8601 UTC. */
  readonly firstSeenAt: string;
  readonly count: number;
  /** Whether the resource was attacked, or did the attacking; null where the source does not say. */
  readonly role: 'target' | 'actor' | null;
  /** Name and path of the process, SHA-256 of its file. */
  readonly process: {
    readonly name: string | null;
    readonly path: string | null;
    readonly sha256: string | null;
  } | null;
  /** Files in which malware was found, or that were changed or loaded. At most 20. */
  readonly files: readonly string[];
  /** Names of malware and of threat lists. At most 20. */
  readonly names: readonly string[];
  /** Whom it talked to, where the source says: address or domain. */
  readonly remote: string | null;
  /**
   * The address from which somebody came, in canonical form: of a connection that came in, a probe, a login or a call of an API. Null where the
   * resource reached out, and where the source does not say.
   */
  readonly from: string | null;
  /** Of an attack sequence: the types of its signals. */
  readonly signals: readonly string[];
  /**
   * Of a host alone: the container that it was in, by its id, and the host's own end of the connection, an address in canonical form. Which pod that
   * is, the cluster knows. Null is what the source does not say; absent where it says neither.
   */
  readonly inside?: { readonly container: string | null; readonly address: string | null };
}

/** Whose finding it is, as AWS Security Hub says it; only of what came through Security Hub. The text in it is the product's. */
export interface Product {
  /** Company and product, as its ARN has them: `aquasecurity/aquasecurity`, `aws/guardduty`; of an integration of one's own the account. */
  readonly id: string;
  readonly name: string | null;
  readonly company: string | null;
  /** The rule, the check or the detector that made it, as the product calls it. */
  readonly generator: string | null;
  /** As ASFF classifies it: `TTPs/Execution/…`. At most 20. */
  readonly types: readonly string[];
  /** What people have made of it there; null where Security Hub does not say. */
  readonly workflow: 'new' | 'notified' | 'resolved' | 'suppressed' | null;
  /** Name of the custom action with which a person sent it; null for what came by itself. */
  readonly action: string | null;
}

/** Why an image that runs is refused, by what the settings want of images (`images`); told by our own inventory of what runs. */
export interface RefusedImage {
  /** `unsigned`; `many` where so many are refused at once that they are told as one. */
  readonly reason: 'unapproved-registry' | 'across-regions' | 'too-old' | 'unsigned' | 'revoked' | 'unscanned' | 'many';
  /** Null where it is many. */
  readonly registry: string | null;
  readonly repository: string | null;
  /** What runs it: `service/prod/checkout`, `function/resize`. At most 20. */
  readonly runs: readonly string[];
}

/** What an event says of a part of its resource, in the words in which a target's record keeps it: `status` of a digest is `ACTIVE`. */
export interface Said {
  readonly field: string;
  readonly part: string;
  readonly value: string;
}

export interface Finding {
  /** Business key: equal for re-deliveries and re-emissions of one finding. */
  readonly id: string;
  readonly source: 'ecr' | 'inspector' | 'guardduty' | 'config' | 'ssm' | 'securityhub' | 'inventory';
  /** As the rules match it, e.g. `ImageScan`, `PACKAGE_VULNERABILITY`, `Execution:Runtime/ReverseShell`, `ConfigCompliance`. */
  readonly type: string;
  readonly status: FindingStatus;
  /** 0..10, null when the source gave none. */
  readonly severity: number | null;
  readonly label: SeverityLabel;
  /** The resource's own account and Region, not those of the envelope that delivered it. */
  readonly account: string;
  readonly region: string;
  /** ISO 8601 UTC with milliseconds, whatever the source wrote. */
  readonly observedAt: string;
  readonly title: string;
  readonly sample: boolean;
  readonly resource: Resource;
  readonly counts?: SeverityCounts;
  readonly vulnerability?: Vulnerability;
  readonly compliance?: Compliance;
  readonly exposure?: Exposure;
  readonly threat?: Threat;
  readonly product?: Product;
  readonly refused?: RefusedImage;
  /**
   * Of an event that tells what became of a resource and accuses nobody. It matters only where a change of ours stands there and is meant
   * to be otherwise; then it belongs to whoever needs that change.
   */
  readonly says?: Said;
}
