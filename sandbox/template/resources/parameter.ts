import * as z from 'zod';
import { putParameter } from '../../services/ssm/parameters.ts';
import type { DeployContext } from '../deploy.ts';

const properties = z.strictObject({ Name: z.string(), Type: z.literal('String'), Value: z.string() });

export const parameter = {
  properties,
  create: (given: z.infer<typeof properties>, { account }: DeployContext) => {
    putParameter(account, { name: given.Name, value: given.Value });
    return { ref: given.Name, attributes: { Type: 'String', Value: given.Value } };
  },
};
