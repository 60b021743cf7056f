import * as z from 'zod';
import { failureOf, whyOf } from '../account/awsFailure.ts';
import { ownerText, readOwnership } from '../account/owner.ts';
import { readsWith } from '../account/reads.ts';
import { readImageStatuses } from '../account/repositoryImages.ts';
import { defineAction, type Permissions, type UndoPromise } from './contract.ts';
import { captureImage } from './evidenceImage.ts';
import { readBack } from './evidenceReadBack.ts';
import { imageName, repositoryArn, repositoryOf, usersPermissions } from './imageTarget.ts';

const params = z.strictObject({});
type Params = z.infer<typeof params>;

/** What `evidence.capture` reads of its target: whether there is something to read, and whose it is. It decides nothing. */
type Observed = { readonly image: string; readonly owner: string };

const reversal: UndoPromise = { possible: false, why: 'It only reads and stores; there is nothing to put back.' };

/** Stores what is known of an image before anything about it is changed. Nothing waits for it, and a miss stops nothing. */
export const evidenceCapture = defineAction<Params, Observed, 'image'>({
  name: 'evidence.capture',
  summary: 'Store the finding, the image manifests, the scan result and who ran the image, with SHA-256 digests',
  targets: ['image'],
  params,
  example: '- evidence.capture',
  permissions: (target): Permissions => {
    const resource = repositoryArn(target);
    return {
      read: [
        { action: 'ecr:DescribeImages', resource },
        { action: 'ecr:BatchGetImage', resource },
        { action: 'ecr:DescribeImageScanFindings', resource },
        { action: 'ecr:ListTagsForResource', resource },
        ...usersPermissions(target),
      ],
      write: [],
    };
  },
  facts: {
    phase: 'evidence',
    changes: false,
    destroysEvidence: false,
    needsWorkloadGone: false,
    issuesFreshCredentials: false,
    contains: false,
  },
  decisive: [],
  restores: [],
  volatile: ['image', 'owner'],
  reversal,
  limits: [
    'It takes 60 seconds at most; what it did not get in that time is named in manifest.json.',
    'The layers of the image are not copied: archiving keeps them, and deleting them is nothing that Firebreak does.',
  ],
  timeoutSeconds: 330,
  // Never throws for what AWS answers: the findings are worth storing even when the image is gone or unreadable.
  observe: async (target, _params, context) => {
    const read = readsWith(context.aws);
    const owner = ownerText(await readOwnership(read, repositoryArn(target)));
    if (target.digest === null) return { image: 'no digest', owner };
    try {
      const statuses = await readImageStatuses(read, repositoryOf(target), [target.digest]);
      return { image: statuses.get(target.digest) ?? 'gone', owner };
    } catch (error) {
      const failure = failureOf(error);
      if (failure === null) throw error;
      return { image: `unreadable: ${whyOf(failure)}`, owner };
    }
  },
  plan: (target) => ({
    kind: 'step',
    sentence: `Store the evidence on ${imageName(target)}: findings, manifests, scan result, and who ran it.`,
    undo: reversal,
  }),
  intended: () => ({}),
  execute: async (target, _params, _before, context) => ({ kind: 'done', did: await captureImage(target, context) }),
  verify: (_target, _params, _before, context) => readBack(context.evidence),
});
