import { BatchDeleteImageCommand, ECRClient, PutImageCommand, PutLifecyclePolicyCommand } from '@aws-sdk/client-ecr';
import { repositories } from '../../../sandbox/services/ecr/state.ts';
import { imageResource } from '../../../shared/finding/ecrImage.ts';
import { asAdministrator } from '../../system/asAdministrator.ts';
import type { Elsewhere } from '../../system/elsewhere.ts';
import { scanEvent } from '../../system/scan.ts';
import type { ActionCase } from '../actionCase.ts';

const repository = 'cases/cleaned';
const other = 'cases/as-cleaned';
const digest = `sha256:${'1de57'.repeat(12)}abcd`;
const beside = `sha256:${'0de57'.repeat(12)}abcd`;
const tag = 'firebreak-keep-1de571de571d';

const rules = [
  {
    rulePriority: 1,
    description: 'Builds are of no use after ten years',
    selection: {
      ...{ tagStatus: 'tagged', tagPrefixList: ['build-'] },
      ...{ countType: 'sinceImagePushed', countUnit: 'days', countNumber: 3650 },
    },
    action: { type: 'expire' },
  },
  {
    rulePriority: 10,
    selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 100 },
    action: { type: 'expire' },
  },
];

const manifest = (name: string): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    layers: [],
    annotations: { name },
  });

const says = (name: string, account: Parameters<ActionCase['truth']>[0]): string => {
  const found = repositories(account).get(name);
  const tags = [...(found?.images.values() ?? [])].map((image) => [...image.tags].toSorted().join(' ')).join(', ');
  const policy = JSON.parse(found?.lifecycle?.text ?? '{"rules":[]}') as {
    readonly rules: readonly {
      readonly rulePriority: number;
      readonly selection: { readonly tagStatus: string; readonly tagPrefixList?: readonly string[] };
    }[];
  };
  const numbers = policy.rules.map(
    ({ rulePriority, selection }) => `${rulePriority} ${selection.tagPrefixList?.join() ?? selection.tagStatus}`,
  );
  return `${tags}; ${numbers.join(', ')}`;
};

const putting =
  (repositoryName: string): Elsewhere['call'] =>
  ({ ecr }) =>
    ecr.send(new PutImageCommand({ repositoryName, imageManifest: manifest('another'), imageTag: 'another' }));

/** An image that a rule deletes one day. */
export const it: ActionCase = {
  action: 'ecr.protect-from-lifecycle',
  world: (tags) => ({
    repositories: [
      { name: repository, tags, images: [{ digest, tags: ['build-7'] }], lifecyclePolicy: { rules } },
      { name: other, images: [{ digest: beside, tags: ['build-7', 'build-8'] }], lifecyclePolicy: { rules } },
    ],
  }),
  target: ({ account, region }) => ({
    ...imageResource({ account, region }, repository, digest, ['build-7']),
    account,
    region,
  }),
  finding: ({ account: { id, region, clock } }) => ({
    ...scanEvent({ image: { repository, digest }, id: 'cleaned', time: new Date(clock.now()) }),
    ...{ account: id, region, resources: [`arn:aws:ecr:${region}:${id}:repository/${repository}`] },
  }),
  when: ['type: [ImageScan]', `resource: { repository: [${repository}] }`, 'status: [open]'],
  truth: (account) => Object.fromEntries([repository, other].map((name) => [name, says(name, account)])),
  changes: {
    of: repository,
    from: 'build-7; 1 build-, 10 any',
    to: `build-7 ${tag}; 1 firebreak-keep-, 2 build-, 10 any`,
  },
  byHand: (stage) =>
    asAdministrator(stage, ECRClient, async (client) => {
      await client.send(new BatchDeleteImageCommand({ repositoryName: repository, imageIds: [{ imageTag: tag }] }));
      await client.send(
        new PutLifecyclePolicyCommand({ repositoryName: repository, lifecyclePolicyText: JSON.stringify({ rules }) }),
      );
    }),
  call: 'PutLifecyclePolicy',
  elsewhere: {
    'ecr:PutImage': [{ call: putting(other) }],
    'ecr:BatchDeleteImage': [
      {
        call: ({ ecr }) =>
          ecr.send(new BatchDeleteImageCommand({ repositoryName: other, imageIds: [{ imageTag: 'build-8' }] })),
      },
    ],
    'ecr:PutLifecyclePolicy': [
      {
        call: ({ ecr }) =>
          ecr.send(
            new PutLifecyclePolicyCommand({ repositoryName: other, lifecyclePolicyText: JSON.stringify({ rules }) }),
          ),
      },
    ],
  },
};
