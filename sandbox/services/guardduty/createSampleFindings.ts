import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../shared/platform/json.ts';
import { type Account, AwsError, operation, slice } from '../../account.ts';
import { putServiceEvent } from '../eventbridge/bus.ts';
import { detectorArn, detectorOf, guardDuty } from './detector.ts';

interface Asked {
  readonly DetectorId: string;
  readonly findingTypes?: readonly string[];
}

/** Types about an instance: what GuardDuty makes up of one names `i-99999999`. What it makes up of other resources is not modelled, and refused. */
const modelled = /^[A-Za-z]+:EC2\/[A-Za-z0-9.&!_-]+$/;

/** "GuardDuty sends a notification for a newly generated finding within 5 minutes" (GuardDuty user guide, EventBridge notification frequency). */
const latestMs = 300_000;

/** The same each time for a type, so that a second sample is the first, seen again. */
const idOf = (account: Account, type: string): string =>
  createHash('sha256').update(`${account.id} ${account.region} ${type}`).digest('hex').slice(0, 32);

function detailOf(account: Account, detector: string, type: string, count: number): JsonObject {
  const id = idOf(account, type);
  const time = new Date(account.clock.now()).toISOString();
  return {
    schemaVersion: '2.0',
    accountId: account.id,
    region: account.region,
    partition: 'aws',
    id,
    arn: `${detectorArn(account, detector)}/finding/${id}`,
    type,
    title: `[SAMPLE] ${type} on EC2 instance i-99999999.`,
    description: '[SAMPLE] This is a sample finding.',
    severity: 8,
    createdAt: time,
    updatedAt: time,
    resource: {
      resourceType: 'Instance',
      instanceDetails: {
        instanceId: 'i-99999999',
        instanceType: 'm3.xlarge',
        launchTime: '2016-08-02T02:05:06Z',
        platform: null,
        productCodes: [],
        iamInstanceProfile: null,
        networkInterfaces: [],
        tags: [{ key: 'GeneratedFindingInstanceTag1', value: 'GeneratedFindingInstanceValue1' }],
        instanceState: 'running',
        availabilityZone: 'GeneratedFindingInstaceAvailabilityZone',
        imageId: 'ami-99999999',
        imageDescription: 'GeneratedFindingInstaceImageDescription',
      },
    },
    service: {
      serviceName: 'guardduty',
      detectorId: detector,
      resourceRole: 'TARGET',
      action: {},
      additionalInfo: { sample: true },
      eventFirstSeen: time,
      eventLastSeen: time,
      archived: false,
      count,
    },
  };
}

const TIMER = 'guardduty.sample';

/** Type -> how often it was made up. */
const samples = slice('guardduty.samples', (account: Account) => {
  const counts = new Map<string, number>();
  account.clock.on(TIMER, (args) => {
    const { type } = args as { readonly type: string };
    const { detector } = guardDuty(account);
    // It was deleted meanwhile.
    if (detector === undefined) return;
    const count = (counts.get(type) ?? 0) + 1;
    counts.set(type, count);
    const detail = detailOf(account, detector.id, type, count);
    putServiceEvent(account, { source: 'aws.guardduty', detailType: 'GuardDuty Finding', detail });
  });
  return counts;
});

/** AWS does not scope it to a detector (service authorization reference, Amazon GuardDuty). */
export const createSampleFindings = operation<Asked, object>(
  () => [{ action: 'guardduty:CreateSampleFindings', resource: '*' }],
  ({ DetectorId, findingTypes = [] }, { account }) => {
    const { enabled } = detectorOf(account, DetectorId);
    const bad = (words: string): AwsError => new AwsError('BadRequestException', words);
    if (!enabled) throw bad('The request is rejected because the detector is disabled.');
    if (findingTypes.length === 0) throw bad('The request is rejected: samples of all types are not modelled here.');
    const unknown = findingTypes.find((type) => !modelled.test(type));
    if (unknown !== undefined)
      throw bad(`The request is rejected because an invalid finding type is specified: ${unknown}`);
    samples(account);
    for (const type of findingTypes) account.clock.after(Math.ceil(account.random.next() * latestMs), TIMER, { type });
    return {};
  },
);
