import type { ImageTagMutability } from '@aws-sdk/client-ecr';
import * as z from 'zod';
import { namedFailure } from '../account/awsFailure.ts';
import { ownerText } from '../account/owner.ts';
import { readsWith } from '../account/reads.ts';
import { textAt } from './changingCall.ts';
import { type ActContext, defineAction, type Planned, type ReadContext, type UndoPromise } from './contract.ts';
import { fixFacts } from './facts.ts';
import { onRepository, ownershipOf, type RepositoryTarget, readRepository } from './targets/repositoryTarget.ts';

/** A filter of ECR: letters, digits and `._-`, at most two wildcards, five of them (ECR API reference, "ImageTagMutabilityExclusionFilter"). */
const filter = z
  .string()
  .regex(/^(?!(?:.*\*){3})[0-9a-zA-Z._*-]{1,128}$/, {
    error: 'A tag, maybe with * at most twice: letters, digits and . _ -, at most 128 characters.',
    abort: true,
  })
  .regex(/[^*]/, {
    error: 'It is every tag, and none would stay on its image: name some, such as latest or dev-*.',
  });
const params = z.strictObject({ except: z.array(filter).max(5).default([]) });
type Params = z.infer<typeof params>;

/** Which tags stay on the image that they were put on. */
type Mutability = {
  readonly setting: ImageTagMutability;
  /** Tags for which the opposite holds. */
  readonly exclusions: readonly string[];
};

/** What `ecr.set-tag-immutability` reads of its target. */
type Observed = Mutability & {
  readonly protectedBy: string | null;
  readonly owner: string;
  readonly seen: readonly string[];
};

const reversal: UndoPromise = {
  possible: true,
  sentence:
    'Undo lets tags be moved again as they could be before; tags that were refused meanwhile are not pushed by it.',
};

/** Keeps the tags of a repository on the images that they name: whoever has the credentials of a pipeline moves none of them. */
export const setTagImmutability = defineAction<Params, Observed, 'ecr-repository'>({
  name: 'ecr.set-tag-immutability',
  summary: 'Keep the tags of a repository on the images that they name',
  targets: ['ecr-repository'],
  params,
  example: '- ecr.set-tag-immutability: { except: [latest, "dev-*"] }',
  permissions: (target) => ({
    write: onRepository(target, 'ecr:PutImageTagMutability'),
    read: onRepository(target, 'ecr:DescribeRepositories', 'ecr:ListTagsForResource'),
  }),
  facts: fixFacts,
  decisive: ['protectedBy'],
  restores: ['setting', 'exclusions'],
  volatile: ['owner', 'seen'],
  reversal,
  limits: [
    'A pipeline that pushes a tag again (latest, a branch) is refused from then on: name such tags in `except`.',
    'Where a tag points now stays as it is, right or wrong, and a tag can still be deleted.',
    'Where a team has decided for some tags (IMMUTABLE_WITH_EXCLUSION), its decision stays.',
    'Copies that replication keeps in other Regions and accounts are repositories of their own, and so are those created later.',
  ],
  timeoutSeconds: 330,
  observe: observeMutability,
  plan: planImmutable,
  changedBy: ({ repository }) => [
    {
      eventName: 'PutImageTagMutability',
      eventSource: 'ecr.amazonaws.com',
      isOn: (asked) => textAt(asked, 'repositoryName') === repository,
    },
  ],
  intended: (_target, { except }, before) => wanted(before, except),
  execute: async (target, { except }, before, context) => {
    await put(target, wanted(before, except), context);
    return { kind: 'done', did: `${target.repository} is asked to keep its tags where they are` };
  },
  verify: (target, { except }, before, context) => readBack(target, wanted(before, except), context),
  undo: async (target, _params, before, context) => {
    await put(target, before, context);
    return { kind: 'done', did: `${target.repository} is asked for ${told(before)} again` };
  },
  verifyUndone: (target, _params, before, context) => readBack(target, before, context),
});

const isImmutable = ({ setting }: Mutability): boolean => setting.startsWith('IMMUTABLE');

/** What somebody has decided since for some of the tags is stricter than what was, and stays. */
function wanted({ setting, exclusions }: Mutability, except: readonly string[]): Mutability {
  if (isImmutable({ setting, exclusions })) return { setting, exclusions };
  return except.length === 0
    ? { setting: 'IMMUTABLE', exclusions: [] }
    : { setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions: [...except].sort() };
}

const told = ({ setting, exclusions }: Mutability): string =>
  exclusions.length === 0 ? setting : `${setting} (${exclusions.join(', ')})`;

async function readMutability(target: RepositoryTarget, context: ReadContext): Promise<Mutability> {
  const { imageTagMutability, imageTagMutabilityExclusionFilters } = await readRepository(target, context);
  const exclusions = (imageTagMutabilityExclusionFilters ?? []).flatMap((one) => one.filter ?? []).sort();
  return { setting: imageTagMutability ?? 'MUTABLE', exclusions };
}

async function observeMutability(target: RepositoryTarget, _params: Params, context: ReadContext): Promise<Observed> {
  const mutability = await readMutability(target, context);
  const own = await ownershipOf(target, context);
  return {
    ...mutability,
    protectedBy: own.protectedBy,
    owner: ownerText(own),
    seen: [`repository ${target.repository} is ${told(mutability)}`],
  };
}

function planImmutable(target: RepositoryTarget, { except }: Params, observed: Observed): Planned {
  if (isImmutable(observed)) return { kind: 'skip', reason: `${target.repository} is ${told(observed)} already` };
  const but = except.length === 0 ? '' : `, but for ${except.join(', ')}`;
  return {
    kind: 'step',
    sentence: `Keep the tags of repository ${target.repository} on the images that they name${but}: a push that would move one is refused.`,
    undo: reversal,
  };
}

async function put(target: RepositoryTarget, { setting, exclusions }: Mutability, context: ActContext): Promise<void> {
  const read = readsWith(context.aws);
  try {
    const { client, PutImageTagMutabilityCommand } = await read.aws.ecr();
    await client.send(
      new PutImageTagMutabilityCommand({
        registryId: target.account,
        repositoryName: target.repository,
        imageTagMutability: setting,
        ...(exclusions.length === 0
          ? {}
          : { imageTagMutabilityExclusionFilters: exclusions.map((one) => ({ filterType: 'WILDCARD', filter: one })) }),
      }),
      read.call,
    );
  } catch (error) {
    throw namedFailure(error, `Setting ${told({ setting, exclusions })} on ${target.repository}`);
  }
}

/** ECR does not say how soon its reads follow its writes: another value is not there yet. */
async function readBack(target: RepositoryTarget, meant: Mutability, context: ReadContext) {
  const now = await readMutability(target, context);
  const state = told(now) === told(meant) ? ('holds' as const) : ('pending' as const);
  return { state, seen: `${target.repository} is ${told(now)}`, absence: false };
}
