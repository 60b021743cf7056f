import { broken, type Check, ok } from '../check.ts';

/** Whether the last deployment went through. */
export const stack: Check = {
  name: 'stack',
  look: async ({ stage: { stage, region }, stack: read }) => {
    const resources = await read();
    const failed = resources.filter(({ status }) => status.endsWith('_FAILED'));
    if (failed.length === 0) return ok(`${resources.length} resources.`);
    return broken(
      `CloudFormation failed at ${failed.map(({ logicalId, status }) => `${logicalId} (${status})`).join(', ')}.`,
      `CloudFormation console in ${region}, stack firebreak-${stage}, Events, says why; then deploy the stage again.`,
    );
  },
};
