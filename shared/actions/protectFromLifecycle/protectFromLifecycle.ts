import * as z from 'zod';
import type { JsonObject } from '../../platform/json.ts';
import { type ChangingCall, textAt } from '../changingCall.ts';
import { defineAction, type Permissions, type Target } from '../contract.ts';
import { type ImageTarget, imageName, keepTags, repositoryArn } from '../targets/imageTarget.ts';
import { keepImage, letGo, whyTagStays } from './changes.ts';
import { type Observed, observeKeeping } from './observe.ts';
import { planKeeping, reversal } from './plan.ts';
import { verifyKept, verifyLetGo } from './verify.ts';

const params = z.strictObject({});
type Params = z.infer<typeof params>;

/** Keeps an image from the lifecycle policy of its repository, for as long as an incident needs it. */
export const protectFromLifecycle = defineAction<Params, Observed, 'image'>({
  name: 'ecr.protect-from-lifecycle',
  summary: 'Keep an image from being deleted by the lifecycle policy of its repository',
  targets: ['image'],
  params,
  example: '- ecr.protect-from-lifecycle',
  permissions: (target): Permissions => {
    const resource = repositoryArn(target);
    const on = (...actions: readonly string[]) => actions.map((action) => ({ action, resource }));
    return {
      read: on('ecr:DescribeImages', 'ecr:BatchGetImage', 'ecr:GetLifecyclePolicy', 'ecr:ListTagsForResource'),
      write: on('ecr:PutImage', 'ecr:BatchDeleteImage', 'ecr:PutLifecyclePolicy'),
    };
  },
  facts: {
    // Beside what archives the image, and before it (by name): an archived image cannot be tagged.
    phase: 'image',
    changes: true,
    destroysEvidence: false,
    needsWorkloadGone: false,
    issuesFreshCredentials: false,
    contains: false,
    lends: true,
  },
  decisive: ['storage', 'tag', 'referrerOf', 'classes', 'obstacle', 'protectedBy'],
  restores: ['kept'],
  volatile: ['due', 'owner', 'seen'],
  reversal,
  limits: [
    'Only from the lifecycle policy of its own repository: whoever may delete images, tags or the repository still may, and one who may write the policy may write it without our rules.',
    'Where a repository has no lifecycle policy there is nothing to be kept from, and nothing is done: a policy that comes later takes the image. So does one that is written anew without our rules, by a person, a template or code (a repository in CloudFormation or Terraform: its drift is told there, and the next deployment takes ours out). That is told, and not fought.',
    'An archived image is held where the policy has rules about the archive: a tag is put by a push, and a push takes an image out of the archive. Before a quarantine it is kept with it.',
    'ECR has no version of a policy to write against: what somebody else writes between our reading and our writing, some milliseconds, is lost.',
    'A policy takes 50 rules and 30,720 characters: where there is no room for ours it is held, and no rule is taken out. Where the lowest numbers are taken, rules of others get higher ones, in the same order; ours says which they had.',
    'ECR has no rule that keeps: ours deletes what comes after 100,000 images with our tag, in the archive what has been there for 36,500 days. AWS documents no largest number.',
    'A push of the tag is told by ECR as a push, and replicated as one where the repository is: copies elsewhere have lifecycle policies of their own.',
    'An image that had no tag counts among the tagged from then on, so that a rule which keeps a number of all tagged images may delete another one earlier.',
    'ECR deletes an image with its last tag. Where ours is the only one it is not taken off, and somebody has to give the image another one; who takes that off in the moment between our look and our change has it deleted.',
    'The tag is `firebreak-keep-` and the first 12 digits of the digest. Whoever may push can give that to another image first, from which it is never taken: then ours gets more digits, and a number. Where all 12 such tags are on other images it is held, and told as a notice at least, with when the policy deletes it.',
    'IAM scopes `ecr:PutImage` and `ecr:BatchDeleteImage` to a repository, not to an image or a tag: a session of this step could push and delete other images of that one repository. It sends the manifest that is there with its digest, and one digest with our tag.',
    'An index is kept with all that it lists, which ECR deletes after it; so are signatures and attachments, which go with their image. Where a finding names one platform of an index, that image is kept, and neither the index nor its other platforms.',
    'Nothing lifts it by itself: at the end of its lease a person is asked, and a release takes it away. The rules of ours stay in the policy where the image was deleted meanwhile: they are about nothing then.',
  ],
  timeoutSeconds: 330,
  observe: (target, _params, context) => observeKeeping(target, context),
  plan: (target, _params, observed) => planKeeping(target, observed),
  // A policy is written as a whole: of two images at once, one would be lost.
  turn: (target) => policyOf(target),
  changedBy: lettingGoCalls,
  intended: () => ({ kept: true }),
  execute: (target, _params, _before, context) => keepImage(target, context),
  verify: (target, _params, _before, context) => verifyKept(target, context),
  staysYet: (target, _before, context) => whyTagStays(target, context),
  undo: (target, _params, _before, context) => letGo(target, context),
  verifyUndone: (target, _params, _before, context) => verifyLetGo(target, context),
  // Lifting it is the same as taking it back: nothing that was accused comes with it.
  release: {
    plan: async (target, _params, _before, to, context) => {
      if (to !== null) {
        return {
          kind: 'elsewhere',
          reason: `${imageName(target)} stays kept: it is put on no version. Leave out --to.`,
        };
      }
      const why = await whyTagStays(target, context);
      if (why !== null) return { kind: 'refused', reason: `${why}.` };
      const sentence = `Leave ${imageName(target)} to the lifecycle policy of its repository again.`;
      return { kind: 'release', sentence, chosen: context.chosen ?? {}, runs: [], named: false };
    },
    intended: () => ({ kept: false }),
    execute: (target, _params, _before, context) => letGo(target, context),
    verify: (target, _params, _before, context) => verifyLetGo(target, context),
  },
});

/** The lifecycle policy of a repository: what all share whose images are kept from it. */
function policyOf(target: ImageTarget): Target<'ecr-repository'> {
  const { account, region, repository } = target;
  return { kind: 'ecr-repository', id: repository, arn: repositoryArn(target), repository, account, region };
}

/** Whoever wrote the policy without our rules, deleted it, or took our tag off. */
function lettingGoCalls({ repository, digest }: ImageTarget, before: Observed): readonly ChangingCall[] {
  const eventSource = 'ecr.amazonaws.com';
  const isHere = (asked: JsonObject): boolean => textAt(asked, 'repositoryName') === repository;
  // Of a change from before there was a choice nothing says which.
  const tag = before.tag ?? keepTags.of(digest ?? '');
  return [
    {
      ...{ eventName: 'PutLifecyclePolicy', eventSource },
      isOn: (asked) => isHere(asked) && !(textAt(asked, 'lifecyclePolicyText') ?? '').includes(keepTags.prefix),
    },
    { ...{ eventName: 'DeleteLifecyclePolicy', eventSource }, isOn: isHere },
    {
      ...{ eventName: 'BatchDeleteImage', eventSource },
      isOn: (asked) => isHere(asked) && JSON.stringify(asked).includes(tag),
    },
    // The tag moves to what is pushed under it.
    {
      ...{ eventName: 'PutImage', eventSource },
      isOn: (asked) => isHere(asked) && textAt(asked, 'imageTag') === tag && textAt(asked, 'imageDigest') !== digest,
    },
  ];
}
