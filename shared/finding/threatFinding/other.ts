import { fieldsIn, listIn, textIn } from '../given.ts';
import type { Fields } from '../read.ts';
import type { OtherResource } from '../resource.ts';

/** Longest name of a resource in its id. */
const nameLength = 256;

/** Where the finding says what it is about: the detail block, then the fields of it that name the resource, the best one first. */
interface Block {
  readonly block: string;
  readonly names: readonly string[];
  readonly arn: string | null;
  /** The list within the block whose first entry says it. */
  readonly within?: string;
}

const accessKey: Block = {
  block: 'accessKeyDetails',
  names: ['userName', 'principalId', 'accessKeyId'],
  arn: null,
};
const bucket: Block = { block: 's3BucketDetails', names: ['name', 'arn'], arn: 'arn' };
const named = (block: string, name: string, arn: string): Block => ({ block, names: [name, arn], arn });

/** By resourceType. */
const blocks: ReadonlyMap<string, Block> = new Map([
  ['AccessKey', accessKey],
  ['S3Bucket', bucket],
  ['S3Object', bucket],
  ['RDSDBInstance', named('rdsDbInstanceDetails', 'dbInstanceIdentifier', 'dbInstanceArn')],
  ['RDSLimitlessDB', named('rdsLimitlessDbDetails', 'dbShardGroupIdentifier', 'dbShardGroupArn')],
]);

/** Looked through for every other type: AWS does not document what it calls snapshots, AMIs, recovery points and models. */
const others: readonly Block[] = [
  named('ebsSnapshotDetails', 'snapshotArn', 'snapshotArn'),
  named('ec2ImageDetails', 'imageArn', 'imageArn'),
  named('recoveryPointDetails', 'recoveryPointArn', 'recoveryPointArn'),
  // A list since 2026; the field beside it is deprecated (GuardDuty API reference, "BedrockGuardrailDetails").
  { block: 'bedrockGuardrailDetails', within: 'guardrails', names: ['arn'], arn: 'arn' },
  named('bedrockGuardrailDetails', 'guardrailArn', 'guardrailArn'),
  { block: 'modelDetails', names: ['modelId'], arn: null },
];

/** One object, or the first of several, as S3 buckets come. */
const detailsIn = (resource: Fields, block: string): Fields => listIn(resource, block)[0] ?? fieldsIn(resource, block);

/** The resource's name and its ARN; both null where the finding gives none. */
function nameIn(type: string, resource: Fields): { readonly name: string | null; readonly arn: string | null } {
  const known = blocks.get(type);
  for (const { block, within, names, arn } of known === undefined ? others : [known]) {
    const whole = detailsIn(resource, block);
    const details = within === undefined ? whole : detailsIn(whole, within);
    const [name] = names.flatMap((key) => textIn(details, key, nameLength) ?? []);
    if (name !== undefined) return { name, arn: arn === null ? null : textIn(details, arn) };
  }
  return { name: null, arn: null };
}

/**
 * A resource of a type that nothing here acts on, or of which the finding does not say which one it is: the finding's own id and ARN
 * stand in for what is missing.
 */
export function otherResource(
  type: string,
  resource: Fields,
  finding: { readonly id: string; readonly arn: string | null },
): OtherResource {
  const { name, arn } = nameIn(type, resource);
  // With the type: a bucket and a user of one name are two things.
  return { kind: 'other', id: `${type}/${name ?? finding.id}`, arn: arn ?? finding.arn ?? '', type };
}
