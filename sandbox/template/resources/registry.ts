import * as z from 'zod';
import { excludeFromPullTime } from '../../services/ecr/pullTime.ts';
import type { DeployContext } from '../deploy.ts';

const properties = z.strictObject({ PrincipalArn: z.string() });

export const pullTimeUpdateExclusion = {
  properties,
  create: (given: z.infer<typeof properties>, { account }: DeployContext) => {
    excludeFromPullTime(account, given.PrincipalArn);
    return { ref: given.PrincipalArn, attributes: {} };
  },
};
