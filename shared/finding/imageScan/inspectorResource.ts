import { InvalidEvent } from '../../platform/errors.ts';
import { imageResource, readDigest, readImageArn, readRepository, readTags } from '../ecrImage.ts';
import { isRegion } from '../envelope.ts';
import { fieldsIn } from '../given.ts';
import { ec2Instance, instanceId } from '../instance.ts';
import { functionArn, functionName, lambdaFunction } from '../lambda.ts';
import { arnOf, type Place, readArn, readName } from '../place.ts';
import { type Fields, isAbsent, join, readObject, readOptional, readText } from '../read.ts';
import type { Resource } from '../resource.ts';

/** What one entry of a finding's `resources` is, and in which Region. */
export interface Vulnerable {
  readonly resource: Resource;
  readonly region: string;
}

/** @param place the account that the finding names, and the Region of the entry, or else of the envelope */
type Reader = (entry: Fields, path: string, place: Place) => Vulnerable;

/** By `type` (Inspector API reference, "Resource"). Everything else is nothing that Firebreak keeps incidents about. */
const readers: ReadonlyMap<unknown, Reader> = new Map<unknown, Reader>([
  ['AWS_ECR_CONTAINER_IMAGE', readImage],
  ['AWS_EC2_INSTANCE', readInstance],
  ['AWS_LAMBDA_FUNCTION', readFunction],
]);

/** Whether the entry is of a kind that is read. Inspector looks into Azure as well, and sends that by the same events. */
export const isOurs = (entry: Fields): boolean =>
  readers.has(entry['type']) && (isAbsent(entry['provider']) || entry['provider'] === 'AWS');

/** Null for what is not ours. Throws InvalidEvent for a name that cannot be one. Region may be absent or "N/A". */
export function readVulnerable(entry: Fields, path: string, { account, region }: Place): Vulnerable | null {
  if (!isOurs(entry)) return null;
  const written = entry['region'];
  const place = { account, region: typeof written === 'string' && isRegion(written) ? written : region };
  return readers.get(entry['type'])?.(entry, path, place) ?? null;
}

/**
 * The details come first, the ARN fills in: in AWS's own sample they disagree about the digest. New events carry `image` beside
 * `awsEcrContainerImage`.
 */
function readImage(entry: Fields, path: string, place: Place): Vulnerable {
  const details = readOptional(entry, path, 'details', readObject) ?? {};
  const at = join(path, 'details');
  const ecr = readOptional(details, at, 'awsEcrContainerImage', readObject) ?? {};
  const neutral = readOptional(details, at, 'image', readObject) ?? {};
  const ecrAt = join(at, 'awsEcrContainerImage');
  const neutralAt = join(at, 'image');
  const name =
    readOptional(ecr, ecrAt, 'repositoryName', readRepository) ??
    readOptional(neutral, neutralAt, 'repositoryName', readRepository);
  const arn = readImageArnUnless(name !== null, entry['id'], join(path, 'id'));
  const repository = (name ?? arn)?.repository;
  if (repository === undefined) throw new InvalidEvent(join(path, 'id'), `${join(path, 'id')} must be an image's ARN`);
  const digest =
    readOptional(ecr, ecrAt, 'imageHash', readDigest) ??
    readOptional(neutral, neutralAt, 'imageDigest', readDigest) ??
    arn?.digest ??
    null;
  const tags = isAbsent(ecr['imageTags'])
    ? readTags(neutral['imageTags'], join(neutralAt, 'imageTags'))
    : readTags(ecr['imageTags'], join(ecrAt, 'imageTags'));
  const region = arn?.region ?? place.region;
  return { resource: imageResource({ ...place, region }, repository, digest, tags), region };
}

/** The ARN, which must be good unless the details already name the repository. */
function readImageArnUnless(named: boolean, value: unknown, path: string): ReturnType<typeof readImageArn> | null {
  try {
    return readImageArn(value, path);
  } catch (error) {
    if (named && error instanceof InvalidEvent) return null;
    throw error;
  }
}

/** `id` is the instance's own, `i-…`. */
function readInstance(entry: Fields, path: string, place: Place): Vulnerable {
  const id = readName(entry['id'], join(path, 'id'), instanceId);
  return { resource: ec2Instance(id, place), region: place.region };
}

/** `id` is the function's ARN with a version; what is accused is the function. The Region is the ARN's, the account must be the finding's. */
function readFunction(entry: Fields, path: string, place: Place): Vulnerable {
  const at = join(path, 'id');
  const text = readText(entry['id'], at);
  const arn = arnOf(text);
  if (arn !== null) {
    const own = { ...place, region: arn.region };
    const [name = ''] = readArn(text, at, own, functionArn);
    return { resource: lambdaFunction(name, own), region: own.region };
  }
  const details = fieldsIn(fieldsIn(entry, 'details'), 'awsLambdaFunction');
  const nameAt = join(path, 'details.awsLambdaFunction');
  const name = readOptional(details, nameAt, 'functionName', (value, where) => readName(value, where, functionName));
  if (name === null) throw new InvalidEvent(at, `${at} must be a function's ARN`);
  return { resource: lambdaFunction(name, place), region: place.region };
}
