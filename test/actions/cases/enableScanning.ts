import { PutImageScanningConfigurationCommand, PutRegistryScanningConfigurationCommand } from '@aws-sdk/client-ecr';
import { frequencyOf, registryScanning } from '../../../sandbox/services/ecr/registryScanning.ts';
import { repositories } from '../../../sandbox/services/ecr/state.ts';
import { configFinding } from '../../system/configFinding.ts';
import { scanOnly } from '../../system/pushing.ts';
import type { ActionCase, Tags } from '../actionCase.ts';

const repository = 'cases/unseen';
const other = 'cases/as-unseen';
const image = (letter: string) => ({ digest: `sha256:${letter.repeat(32)}`, tags: ['1.0'] });

const inRepositories = (tags: Tags) => ({
  repositories: [
    { name: repository, tags, images: [image('e5')] },
    { name: other, images: [image('f5')] },
  ],
});

/** A repository that the rules of its registry leave out. */
export const it: ActionCase = {
  action: 'ecr.enable-scanning',
  world: (tags) => ({ ...inRepositories(tags), registryScanning: { rules: [{ filters: ['web/*'] }] } }),
  // A registry without rules, where each repository says itself whether it is scanned.
  otherWorld: inRepositories,
  target: ({ account, region }) => ({
    ...{ kind: 'ecr-repository', id: repository, repository, account, region },
    arn: `arn:aws:ecr:${region}:${account}:repository/${repository}`,
  }),
  finding: (stage) => configFinding(stage, 'config-repository-scanning', repository),
  when: ['compliance: { rule: [ecr-private-image-scanning-enabled] }', 'status: [open]'],
  truth: (account) => {
    const { is } = registryScanning(account);
    const all = [...repositories(account).values()];
    return {
      ...Object.fromEntries(all.map((one) => [`scanning of ${one.name}`, frequencyOf(is, one).frequency])),
      ...Object.fromEntries(all.map(({ name, scanOnPush }) => [`scanOnPush of ${name}`, String(scanOnPush)])),
    };
  },
  changes: { of: `scanning of ${repository}`, from: 'MANUAL', to: 'SCAN_ON_PUSH' },
  byHand: (stage) => scanOnly(stage, 'web/*'),
  call: 'PutRegistryScanningConfiguration',
  elsewhere: {
    'ecr:PutImageScanningConfiguration': [
      {
        call: ({ ecr }) =>
          ecr.send(
            new PutImageScanningConfigurationCommand({
              repositoryName: other,
              imageScanningConfiguration: { scanOnPush: true },
            }),
          ),
      },
    ],
    'ecr:PutRegistryScanningConfiguration': [
      {
        call: ({ ecr }) => ecr.send(new PutRegistryScanningConfigurationCommand({ scanType: 'BASIC', rules: [] })),
        unscoped: true,
      },
    ],
  },
};
