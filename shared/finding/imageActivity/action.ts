import { bounded, tagLength, titleLength } from '../bounds.ts';
import { imageResource, readDigest, readRepository } from '../ecrImage.ts';
import { type Fields, readObject, readOptional, readText } from '../read.ts';
import { severityOf } from '../severity.ts';
import type { Envelope, Parsed } from '../source.ts';

/** What an action has made of an image: the finding's type, its status in ECR's words, and the title's. */
interface Made {
  readonly type: 'ImagePushed' | 'ImageRestored' | 'ImageArchived';
  readonly status: 'ACTIVE' | 'ARCHIVED';
  readonly what: string;
}

/** Longest word of ECR's own that is read. */
const word = 100;

const ignored = (reason: string): Parsed => ({ kind: 'ignored', reason });

/** Whatever class is not the archive is out of it: a class that does not exist yet must not let an image out unseen. */
function movedTo(storageClass: string): Made {
  const what = `ECR Image Action, UPDATE_STORAGE_CLASS to ${storageClass}`;
  return storageClass === 'ARCHIVE'
    ? { type: 'ImageArchived', status: 'ARCHIVED', what: `was archived (${what})` }
    : { type: 'ImageRestored', status: 'ACTIVE', what: `was taken out of the archive (${what})` };
}

/** What became of the image; or why it is nothing that a containment could be told by. */
function madeBy(action: string, detail: Fields): Made | string {
  switch (action) {
    case 'PUSH':
      return { type: 'ImagePushed', status: 'ACTIVE', what: 'was pushed (ECR Image Action, PUSH)' };
    case 'UPDATE_STORAGE_CLASS':
      return movedTo(readText(detail['target-storage-class'], 'detail.target-storage-class', word));
    case 'DELETE':
      return 'what is deleted cannot be pulled, and undo says that it is gone';
    default:
      return `the action ${action} of Amazon ECR is none that is known to bring an image back`;
  }
}

/**
 * `ECR Image Action` (ECR user guide, "Amazon ECR events and EventBridge"): it names no person. A push takes an image out of the archive at
 * once ("Archiving an image": pushing the same image again restores it); an UPDATE_STORAGE_CLASS says that its storage class was changed.
 * Of a result other than SUCCESS nothing became.
 */
export function parseImageAction(envelope: Envelope): Parsed {
  const detail = readObject(envelope.detail, 'detail');
  const action = readText(detail['action-type'], 'detail.action-type', word);
  const result = readText(detail['result'], 'detail.result', word);
  const place = readRepository(detail['repository-name'], 'detail.repository-name');
  const digest = readOptional(detail, 'detail', 'image-digest', readDigest);
  const tag = readOptional(detail, 'detail', 'image-tag', readText);
  if (result !== 'SUCCESS') return ignored(`the action ${action} did not succeed (${result}), so nothing became of it`);
  const made = madeBy(action, detail);
  if (typeof made === 'string') return ignored(made);
  if (digest === null) {
    return ignored(
      'the event names no digest, and a tag is no identity: the next scan finds what is out of the archive',
    );
  }
  const { account, region } = { account: place.account ?? envelope.account, region: place.region ?? envelope.region };
  const tags = tag === null ? [] : [bounded(tag, tagLength)];
  const resource = imageResource({ account, region }, place.repository, digest, tags);
  const finding = {
    id: `ecr/${made.type}/${account}/${region}/${resource.id}`,
    source: 'ecr',
    type: made.type,
    status: 'open',
    ...severityOf('unknown'),
    account,
    region,
    observedAt: envelope.time,
    title: bounded(`${place.repository}@${digest.slice(0, 'sha256:'.length + 12)} ${made.what}`, titleLength),
    sample: false,
    resource,
    says: { field: 'status', part: digest, value: made.status },
  } as const;
  return { kind: 'findings', findings: [finding] };
}
