import { PutImageTagMutabilityCommand } from '@aws-sdk/client-ecr';
import { repositories } from '../../../sandbox/services/ecr/state.ts';
import { configFinding } from '../../system/configFinding.ts';
import { letTagsMove } from '../../system/pushing.ts';
import type { ActionCase } from '../actionCase.ts';

const repository = 'cases/loose';
const other = 'cases/as-loose';
const image = (letter: string) => ({ digest: `sha256:${letter.repeat(64)}`, tags: ['1.0'] });

/** A repository whose tags may be moved. */
export const it: ActionCase = {
  action: 'ecr.set-tag-immutability',
  world: (tags) => ({
    repositories: [
      { name: repository, tags, images: [image('e')] },
      { name: other, images: [image('f')] },
    ],
  }),
  target: ({ account, region }) => ({
    ...{ kind: 'ecr-repository', id: repository, repository, account, region },
    arn: `arn:aws:ecr:${region}:${account}:repository/${repository}`,
  }),
  finding: (stage) => configFinding(stage, 'config-repository-tags', repository),
  when: ['compliance: { rule: [ecr-private-tag-immutability-enabled] }', 'status: [open]'],
  truth: (account) =>
    Object.fromEntries(
      [...repositories(account).values()].map(({ name, mutability: { setting, exclusions } }) => [
        `tags of ${name}`,
        [setting, ...exclusions].join(' '),
      ]),
    ),
  changes: { of: `tags of ${repository}`, from: 'MUTABLE', to: 'IMMUTABLE' },
  byHand: (stage) => letTagsMove(stage, repository),
  call: 'PutImageTagMutability',
  elsewhere: {
    'ecr:PutImageTagMutability': [
      {
        call: ({ ecr }) =>
          ecr.send(new PutImageTagMutabilityCommand({ repositoryName: other, imageTagMutability: 'IMMUTABLE' })),
      },
    ],
  },
};
