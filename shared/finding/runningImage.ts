import { InvalidEvent } from '../platform/errors.ts';
import { bounded, boundedList, titleLength } from './bounds.ts';
import { imageResource, readDigest, readRepository, readTags } from './ecrImage.ts';
import type { Finding, FindingStatus, RefusedImage } from './finding.ts';
import { readAccount, readRegion } from './place.ts';
import { type Fields, isAbsent, join, readArray, readObject, readOptional, readText } from './read.ts';
import type { Resource } from './resource.ts';
import { severityOf } from './severity.ts';
import type { Envelope, Parsed, Source } from './source.ts';

/** How our own inventory of running images calls itself on the bus. Nobody's but AWS's may begin with `aws.`. */
export const inventorySource = 'firebreak.inventory';
export const inventoryType = 'Running Image Refused';

const reasons: ReadonlySet<string> = new Set<RefusedImage['reason']>([
  ...(['unapproved-registry', 'across-regions', 'too-old', 'unsigned', 'revoked', 'unscanned', 'many'] as const),
]);

const statuses = new Map<string, FindingStatus>([
  ['REFUSED', 'open'],
  ['RESOLVED', 'resolved'],
]);

function readReason(value: unknown, path: string): RefusedImage['reason'] {
  const text = readText(value, path, 100);
  if (!reasons.has(text)) throw new InvalidEvent(path, `${path} must be one of ${[...reasons].join(', ')}`);
  return text as RefusedImage['reason'];
}

function readStatus(value: unknown, path: string): FindingStatus {
  const status = statuses.get(readText(value, path, 100));
  if (status === undefined) throw new InvalidEvent(path, `${path} must be REFUSED or RESOLVED`);
  return status;
}

interface Named {
  readonly registry: string;
  readonly repository: string;
  readonly resource: Resource;
}

/**
 * An image of this account and Region is what the findings of its scans are about. One that lies elsewhere is nothing that can be acted on
 * here, where it runs: it is told by its name.
 */
function readImage(image: Fields, path: string, envelope: Envelope): Named {
  const name = readText(image['name'], join(path, 'name'), 1024);
  const registry = readText(image['registry'], join(path, 'registry'), 300);
  const repository = readText(image['repository'], join(path, 'repository'), 256);
  const account = readOptional(image, path, 'account', readAccount);
  const region = readOptional(image, path, 'region', readRegion);
  if (account !== envelope.account || region !== envelope.region) {
    const type = 'ContainerImage';
    return { registry, repository, resource: { kind: 'other', id: `${type}/${name}`, arn: '', type } };
  }
  const own = readRepository(repository, join(path, 'repository'));
  const digest = readOptional(image, path, 'digest', readDigest);
  const tags = readTags(image['tags'], join(path, 'tags'));
  return { registry, repository, resource: imageResource({ account, region }, own.repository, digest, tags) };
}

/** More than are told one by one: one finding about what runs here. */
const many = ({ account }: Envelope): Resource => ({
  ...{ kind: 'other', id: `RunningImages/${account}`, arn: '', type: 'RunningImages' },
});

interface About {
  readonly envelope: Envelope;
  readonly image: Named | null;
  readonly runs: readonly string[];
}

function readReasoned(value: unknown, path: string, { envelope, image, runs }: About): Finding {
  const reasoned = readObject(value, path);
  const reason = readReason(reasoned['reason'], join(path, 'reason'));
  const message = readText(reasoned['message'], join(path, 'message'), 4096);
  if ((image === null) !== (reason === 'many')) {
    throw new InvalidEvent('detail.image', 'detail.image must be there, unless the reason is many');
  }
  const { account, region } = envelope;
  const resource = image?.resource ?? many(envelope);
  return {
    id: `inventory/RunningImageRefused/${account}/${region}/${resource.id}/${reason}`,
    source: 'inventory',
    type: 'RunningImageRefused',
    status: readStatus(reasoned['status'], join(path, 'status')),
    ...severityOf('unknown'),
    account,
    region,
    observedAt: envelope.time,
    title: bounded(message, titleLength),
    sample: false,
    resource,
    refused: { reason, registry: image?.registry ?? null, repository: image?.repository ?? null, runs },
  };
}

/**
 * Each reason why one image that runs is refused, or is no more: a finding, all of them of one incident, so that they are told as one. Account and
 * Region are those of what runs it: the envelope's, which EventBridge writes.
 */
function parse(envelope: Envelope): Parsed {
  const detail = readObject(envelope.detail, 'detail');
  const image = readOptional(detail, 'detail', 'image', (value, path) =>
    readImage(readObject(value, path), path, envelope),
  );
  const runs = (isAbsent(detail['runs']) ? [] : readArray(detail['runs'], 'detail.runs')).map((one, at) =>
    readText(one, join('detail.runs', at), 4096),
  );
  const about = { envelope, image, runs: boundedList(runs) };
  const reasoned = readArray(detail['reasons'], 'detail.reasons');
  return {
    kind: 'findings',
    findings: reasoned.map((one, at) => readReasoned(one, join('detail.reasons', at), about)),
  };
}

/** What our own inventory says of images that run and that the settings refuse (docs/gate.md). */
export const runningImage: Source = {
  name: 'runningImage',
  matches: ({ source, 'detail-type': type }) => source === inventorySource && type === inventoryType,
  parse,
  // The message counts days, and what runs an image comes and goes.
  volatile: ['observedAt', 'title', 'resource.tags', 'refused.runs'],
};
