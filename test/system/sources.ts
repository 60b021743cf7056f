import type { JsonObject } from '../../shared/platform/json.ts';
import { sampleEvent } from '../finding/sampleEvent.ts';
import { enforcing, incidentOf, scanEvent, unused } from './scan.ts';
import type { Stage } from './stage.ts';

/** A source of events as it is deployed: what it takes in, what it cannot, and what a good event leads to under `everySource`. */
export interface DeployedSource {
  /** As in serverless.yml; the names of its resources begin with it. */
  readonly name: string;
  readonly alarm: string;
  /** An event of now, with an id of its own. Nothing is delivered yet. */
  readonly event: (stage: Stage) => JsonObject;
  readonly malformed: (stage: Stage) => JsonObject;
  readonly incident: string;
  /** In the subject of what is told about it. */
  readonly about: string;
  readonly outcome: string;
  readonly tier: string;
}

/** Tells of what it takes and changes nothing. */
const telling = `name: telling
when: { source: [guardduty, config, ssm, securityhub, inventory] }
do: [evidence.capture]
mode: observe
page: { observed: page }
`;

/** Tells of a repository that is not scanned any more. */
const unscanned = `name: unscanned
when: { type: [ScanningSwitchedOff] }
do: [evidence.capture]
mode: observe
page: { observed: notice }
`;

/** Rules that take the events of every source. */
export const everySource = { enforcing, telling, unscanned };

type Fields = { readonly [name: string]: unknown };

/** A sample of GuardDuty as of now. */
function threat(name: string, { account }: Stage): JsonObject {
  const sample = sampleEvent(`guardduty-${name}`);
  const now = new Date(account.clock.now()).toISOString();
  const service = { ...(sample.detail['service'] as Fields), eventFirstSeen: now, eventLastSeen: now };
  const detail = { ...sample.detail, service, createdAt: now, updatedAt: now };
  return JSON.parse(JSON.stringify({ ...sample, id: account.random.uuid(), time: `${now.slice(0, 19)}Z`, detail }));
}

/** A sample of AWS Config as of now. */
function compliance(name: string, { account }: Stage): JsonObject {
  const sample = sampleEvent(`config-${name}`);
  const now = new Date(account.clock.now()).toISOString();
  const result = { ...(sample.detail['newEvaluationResult'] as Fields), resultRecordedTime: now };
  const detail = { ...sample.detail, newEvaluationResult: result };
  return JSON.parse(JSON.stringify({ ...sample, id: account.random.uuid(), time: `${now.slice(0, 19)}Z`, detail }));
}

/** A sample of Security Hub as of now. */
function passedOn(name: string, { account }: Stage): JsonObject {
  const sample = sampleEvent(`hub-${name}`);
  const now = new Date(account.clock.now()).toISOString();
  const dates = { FirstObservedAt: now, LastObservedAt: now, CreatedAt: now, UpdatedAt: now };
  const findings = (sample.detail['findings'] as readonly Fields[]).map((finding) => ({ ...finding, ...dates }));
  const detail = { ...sample.detail, findings };
  return JSON.parse(JSON.stringify({ ...sample, id: account.random.uuid(), time: `${now.slice(0, 19)}Z`, detail }));
}

/** A sample of our own inventory as of now. */
function running(name: string, { account }: Stage): JsonObject {
  const now = new Date(account.clock.now()).toISOString();
  return JSON.parse(
    JSON.stringify({ ...sampleEvent(`inventory-${name}`), id: account.random.uuid(), time: `${now.slice(0, 19)}Z` }),
  );
}

/** A sample of ECR as of now. */
function activity(name: string, { account }: Stage): JsonObject {
  const now = new Date(account.clock.now()).toISOString();
  return JSON.parse(
    JSON.stringify({ ...sampleEvent(`ecr-${name}`), id: account.random.uuid(), time: `${now.slice(0, 19)}Z` }),
  );
}

/** An image in another Region, which runs here. */
const elsewhere =
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com/payments/checkout-api@sha256:3f1c9e0d5a7b4c2e8f6d1a0b9c8e7f6a5d4c3b2a1908f7e6d5c4b3a291807f6e';

export const sources: readonly DeployedSource[] = [
  {
    name: 'imageScan',
    alarm: 'image-scan-dead-letters',
    event: ({ account }) =>
      scanEvent({ image: unused, id: account.random.uuid(), time: new Date(account.clock.now()) }),
    malformed: () => sampleEvent('ecr-scan-malformed-digest') as unknown as JsonObject,
    incident: incidentOf(unused),
    about: unused.repository,
    outcome: 'contained',
    tier: 'digest',
  },
  {
    name: 'threatFinding',
    alarm: 'threat-finding-dead-letters',
    event: (stage) => threat('instance-bitcoin-dns', stage),
    malformed: (stage) => threat('malformed-task-arn', stage),
    incident: 'instance/123456789012/us-east-1/i-0ab12cd34ef567890',
    about: 'i-0ab12cd34ef567890',
    outcome: 'observed',
    tier: 'page',
  },
  {
    name: 'configChange',
    alarm: 'config-change-dead-letters',
    event: (stage) => compliance('task-definition', stage),
    malformed: (stage) => compliance('malformed-compliance', stage),
    incident: 'ecs-task-definition/123456789012/us-east-1/checkout-api:87',
    about: 'checkout-api:87',
    outcome: 'observed',
    tier: 'page',
  },
  {
    name: 'imageActivity',
    alarm: 'image-activity-dead-letters',
    event: (stage) => activity('scan-change-off', stage),
    malformed: (stage) => activity('image-action-malformed-digest', stage),
    incident: 'ecr-repository/123456789012/us-east-1/payments/ledger',
    about: 'payments/ledger',
    outcome: 'observed',
    tier: 'notice',
  },
  {
    name: 'hubFinding',
    alarm: 'hub-finding-dead-letters',
    event: (stage) => passedOn('neuvector-pod', stage),
    malformed: (stage) => passedOn('malformed-account', stage),
    incident: 'pod/123456789012/us-east-1/shop/payments/checkout-5c9f7d9b8-x2x4q',
    about: 'checkout-5c9f7d9b8-x2x4q',
    outcome: 'observed',
    tier: 'page',
  },
  {
    name: 'runningImage',
    alarm: 'running-image-dead-letters',
    event: (stage) => running('across-regions', stage),
    malformed: (stage) => running('malformed-reason', stage),
    incident: `other/123456789012/us-east-1/ContainerImage/${elsewhere}`,
    about: 'payments/checkout-api',
    outcome: 'observed',
    tier: 'page',
  },
];

export function sourceNamed(name: string): DeployedSource {
  const source = sources.find((one) => one.name === name);
  if (source === undefined) throw new Error(`There is no source ${name}`);
  return source;
}
