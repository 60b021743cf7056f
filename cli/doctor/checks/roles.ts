import { clientConfig } from '../../../shared/platform/sdk/config.ts';
import { askedFor } from '../asked.ts';
import { broken, type Check, ok } from '../check.ts';
import { bringBack, ofType } from '../stack.ts';

/**
 * Who a trust policy lets in and who is gone: IAM writes the id of a role in the place of its ARN once it is deleted, and a new one of that name is another
 * (IAM user guide, AWS JSON policy elements: Principal).
 */
function strangersIn(document: string | undefined): readonly string[] {
  const { Statement = [] } = JSON.parse(decodeURIComponent(document ?? '%7B%7D')) as { readonly Statement?: unknown };
  return [Statement].flat().flatMap((one) => {
    const { AWS = [] } =
      (one as { readonly Principal?: { readonly AWS?: string | readonly string[] } }).Principal ?? {};
    return [AWS].flat().filter((principal) => /^A[A-Z]{3}[A-Z0-9]{12,}$/.test(principal));
  });
}

/** The roles that functions run as, and the responder's, which every change is made with: each is there, and lets in who is to come. */
export const roles: Check = {
  name: 'roles',
  look: async ({ stage, stack }) => {
    const { GetRoleCommand, IAMClient } = await import('@aws-sdk/client-iam');
    const client = new IAMClient(clientConfig(stage.config));
    const looked = await Promise.all(
      ofType(await stack(), 'AWS::IAM::Role').map(async ({ logicalId, id: RoleName }) => {
        const found = await askedFor('iam:GetRole', ['NoSuchEntityException', 'NoSuchEntity'], () =>
          client.send(new GetRoleCommand({ RoleName })),
        );
        return { logicalId, role: found?.Role, strangers: strangersIn(found?.Role?.AssumeRolePolicyDocument) };
      }),
    );
    const gone = looked.filter(({ role }) => role === undefined).map(({ logicalId }) => logicalId);
    if (gone.length > 0) return broken(`Gone: ${gone.join(', ')}.`, bringBack(stage));
    const closed = looked.filter(({ strangers }) => strangers.length > 0);
    if (closed.length > 0)
      return broken(
        `Out of reach: ${closed.map(({ logicalId, strangers }) => `${logicalId} trusts ${strangers.join(', ')}, which is gone`).join('; ')}.`,
        `Write the trust policy anew, as the template of the stack has it: aws iam update-assume-role-policy --role-name ${closed[0]?.role?.RoleName} --policy-document file://trust.json.`,
      );
    return ok(`${looked.length} roles are there, and in reach.`);
  },
};
