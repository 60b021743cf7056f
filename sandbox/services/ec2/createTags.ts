import type { CreateTagsRequest } from '@aws-sdk/client-ec2';
import { type Account, AwsError, operation } from '../../account.ts';
import { refuseDryRun } from './dryRun.ts';
import { groupWithId } from './groups.ts';
import { onSnapshot, type StoredSnapshot, snapshotsNamed } from './snapshots.ts';
import { onGroup, withTags } from './tagging.ts';
import { ec2Arn, type StoredGroup, type StoredRule, securityGroups } from './vpc.ts';

/** Of security groups, their rules and snapshots; "up to 1000 resources in one call", each tag added or written over. */
export const createTags = operation<CreateTagsRequest, object>(
  (input, account) =>
    (input.Resources ?? []).map((id) => {
      if (id.startsWith('sgr-')) {
        return { action: 'ec2:CreateTags', resource: ec2Arn(account, `security-group-rule/${id}`) };
      }
      return id.startsWith('snap-')
        ? onSnapshot(account, 'ec2:CreateTags', id)
        : onGroup(account, 'ec2:CreateTags', id);
    }),
  (input, { account }) => {
    refuseDryRun(input);
    const { Resources: ids = [], Tags: tags = [] } = input;
    if (ids.length === 0 || tags.length === 0) {
      const what = ids.length === 0 ? 'resourceIdSet' : 'tagSet';
      throw new AwsError('MissingParameter', `The request must contain the parameter ${what}`);
    }
    const tagged = ids.map((id) => withId(account, id)).map((one) => ({ one, after: withTags(one.tags, tags) }));
    for (const { one, after } of tagged) one.tags = after;
    return {};
  },
);

/** Throws AwsError InvalidID, or what `groupWithId` and `snapshotsNamed` throw. */
function withId(account: Account, id: string): StoredGroup | StoredRule | StoredSnapshot {
  if (id.startsWith('sg-')) return groupWithId(account, id);
  if (id.startsWith('snap-')) {
    const [snapshot] = snapshotsNamed(account, [id]);
    if (snapshot !== undefined) return snapshot;
  }
  const rules = [...securityGroups(account).values()].flatMap((group) => group.rules);
  const found = rules.find((rule) => rule.id === id);
  if (found !== undefined) return found;
  throw new AwsError('InvalidID', `The ID '${id}' is not valid`);
}
