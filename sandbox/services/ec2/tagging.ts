import type { Tag, TagSpecification } from '@aws-sdk/client-ec2';
import { type Account, AwsError, type Needed } from '../../account.ts';
import { groupArn, securityGroups, type Tags } from './vpc.ts';

const MOST = 50;

export const shown = (tags: Tags): Tag[] => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** Throws AwsError InvalidParameterValue or TagLimitExceeded. */
export function withTags(before: Tags, given: readonly Tag[]): Tags {
  for (const { Key = '', Value = '' } of given) {
    if (Key === '' || Key.length > 127 || Value.length > 255 || /^aws:/i.test(Key)) {
      throw new AwsError(
        'InvalidParameterValue',
        `Tag keys and values are at most 127 and 255 characters, and no key begins with aws:. Key: ${Key}`,
      );
    }
  }
  const after = { ...before, ...Object.fromEntries(given.map(({ Key = '', Value = '' }) => [Key, Value])) };
  if (Object.keys(after).length <= MOST) return after;
  throw new AwsError('TagLimitExceeded', `The maximum number of tags per resource is ${MOST}.`);
}

/** The tags that something of one type is made with. Throws AwsError InvalidParameterValue. */
export function tagsFrom(specifications: readonly TagSpecification[] = [], type: string): Tags {
  const other = specifications.find(({ ResourceType }) => ResourceType !== type);
  if (other !== undefined) {
    throw new AwsError(
      'InvalidParameterValue',
      `'${other.ResourceType}' is not a valid taggable resource type for this operation.`,
    );
  }
  return withTags(
    {},
    specifications.flatMap(({ Tags: tags = [] }) => tags),
  );
}

/** Tags as IAM compares them, of what is asked for or of what is there. */
export function compared(key: 'aws:RequestTag' | 'aws:ResourceTag', tags: Tags): Pick<Needed, 'context'> {
  const named = Object.entries(tags).map(([name, value]) => [`${key}/${name}`, value]);
  return named.length === 0 ? {} : { context: Object.fromEntries(named) };
}

/** What a call on a security group needs: its tags may decide. */
export const onGroup = (account: Account, action: string, id = ''): Needed => ({
  action,
  resource: groupArn(account, id),
  ...compared('aws:ResourceTag', securityGroups(account).get(id)?.tags ?? {}),
});

/** The tags that something is to be made with. */
export const asked = (specifications: readonly TagSpecification[] = []): Pick<Needed, 'context'> =>
  compared(
    'aws:RequestTag',
    Object.fromEntries(
      specifications.flatMap(({ Tags: tags = [] }) => tags.map(({ Key = '', Value = '' }) => [Key, Value])),
    ),
  );

/** Whoever makes something with tags must be allowed to tag it. */
export const tagging = (
  specifications: readonly TagSpecification[] | undefined,
  CreateAction: string,
  resource: string,
): readonly Needed[] =>
  (specifications ?? []).length === 0
    ? []
    : [
        {
          action: 'ec2:CreateTags',
          resource,
          context: { 'ec2:CreateAction': CreateAction },
        },
      ];
