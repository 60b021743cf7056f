import type { GetInstanceProfileRequest, GetInstanceProfileResponse } from '@aws-sdk/client-iam';
import { operation } from '../../account.ts';
import { profiles } from '../ec2/instanceProfiles.ts';
import { shownProfile } from './instanceProfile.ts';
import { noSuchEntity } from './onRole.ts';

/** Throws NoSuchEntity. */
export const getInstanceProfile = operation<GetInstanceProfileRequest, GetInstanceProfileResponse>(
  ({ InstanceProfileName: name = '' }, { id }) => [
    { action: 'iam:GetInstanceProfile', resource: `arn:aws:iam::${id}:instance-profile/${name}` },
  ],
  ({ InstanceProfileName: name = '' }, { account }) => {
    const found = profiles(account).find((profile) => profile.name === name);
    if (found === undefined) throw noSuchEntity(`Instance Profile ${name} cannot be found.`);
    return { InstanceProfile: shownProfile(account, found) };
  },
);
