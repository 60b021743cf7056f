import * as z from 'zod';
import { placesNotRead } from '../../account/imageGraph.ts';
import { podsInCluster } from '../../account/podUsers.ts';
import { defineAction, type Permissions } from '../contract.ts';
import { imageName, repositoryArn, usersPermissions } from '../targets/imageTarget.ts';
import { restoringCalls } from './calls.ts';
import { archiveImages, restoreImages } from './changes.ts';
import { imagesLeft, pushedAgain } from './later.ts';
import { meetingOf } from './meeting.ts';
import { type Observed, observeImage } from './observe.ts';
import { planQuarantine, reversal } from './plan.ts';
import { verifyArchived, verifyRestored } from './verify.ts';

const params = z.strictObject({ when: z.enum(['always', 'cause-is-image']).default('always') });
type Params = z.infer<typeof params>;

/** Archives an image with everything that hangs on it, so that nothing can pull it, by tag or by digest. */
export const quarantineImage = defineAction<Params, Observed, 'image'>({
  name: 'ecr.quarantine-image',
  summary: 'Archive an image that nothing runs, so that nothing can pull it',
  targets: ['image'],
  params,
  example: '- ecr.quarantine-image: { when: cause-is-image }',
  permissions: (target): Permissions => {
    const resource = repositoryArn(target);
    return {
      read: [
        { action: 'ecr:DescribeImages', resource },
        { action: 'ecr:BatchGetImage', resource },
        { action: 'ecr:ListTagsForResource', resource },
        ...usersPermissions(target),
      ],
      write: [{ action: 'ecr:UpdateImageStorageClass', resource }],
    };
  },
  inCluster: { read: podsInCluster, write: [] },
  facts: {
    phase: 'image',
    changes: true,
    // ECR drops an image's scan findings when it archives it.
    destroysEvidence: true,
    needsWorkloadGone: true,
    issuesFreshCredentials: false,
    contains: true,
  },
  decisive: ['cause', 'digests', 'inUse', 'sharedWith', 'referrerOf', 'protectedBy'],
  restores: ['status'],
  volatile: ['tags', 'history', 'contents', 'because', 'seen', 'lastPull', 'owner'],
  reversal,
  limits: [
    'Tasks that run already go on; EC2 hosts and Kubernetes nodes that hold the image in their cache can start it again.',
    'Pushing the same image again takes it out of the archive at once. Amazon ECR’s event of the push, or the next scan, has it archived again, twice at most, where ECR shows that a push and no restore brought it back (`imagePushedAt` later than `lastArchivedAt`, or no restore since); where ECR does not, it is held as a person’s decision.',
    'An EKS cluster that does not let Firebreak in, or cannot be reached, makes “in use” unknown: the image is held for a person.',
    'Other Regions and accounts that the image was replicated to keep their copies.',
    `Not looked at before it archives: ${placesNotRead.join('; ')}. Only a pull within quietPullDays shows them: what starts the image more rarely than that is missed, and fails to start it afterwards.`,
    'An index is archived with its platforms, whichever of them was accused. Where another of them has a tag of its own, nothing is archived and a person is asked.',
    'A deployment that is rolled back later cannot start the archived image again.',
    'Its scan findings are lost; ECR keeps an archived image for at least 90 days in the bill.',
  ],
  timeoutSeconds: 330,
  observe: observeImage,
  plan: (target, { when }, observed) => planQuarantine(target, when, observed),
  meets: meetingOf,
  stillThere: imagesLeft,
  deliveredAgain: pushedAgain,
  changedBy: restoringCalls,
  intended: (_target, _params, before) => ({
    status: Object.fromEntries(Object.keys(before.status).map((digest) => [digest, 'ARCHIVED' as const])),
  }),
  execute: async (target, _params, before, context) => {
    const archived = await archiveImages(target, before, context);
    return { kind: 'done', did: `${imageName(target)}: ${archived}` };
  },
  verify: (target, _params, before, context) => verifyArchived(target, before, context),
  undo: (target, _params, before, context) => restoreImages(target, before, context),
  verifyUndone: (target, _params, before, context) => verifyRestored(target, before, context),
  // It was bad, and stays out of use: an undo is what puts it back.
  release: {
    plan: async (target, _params, _before, _to, { chosen = {} }) => ({
      kind: 'release',
      sentence: `Leave ${imageName(target)} archived, and let it go.`,
      chosen,
      runs: [],
      named: false,
    }),
    intended: () => ({}),
    execute: async (target) => ({ kind: 'done', did: `${imageName(target)}: left as it is` }),
    verify: async (target, _params, before, context) => {
      const { state, seen } = await verifyArchived(target, before, context);
      const left = state === 'holds' ? 'It stays archived' : 'It is not archived any more';
      return { state: 'holds', seen: `${left}: ${seen}`, absence: false };
    },
  },
});
