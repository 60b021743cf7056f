import { clientConfig } from '../../../shared/platform/sdk/config.ts';
import { plain } from '../../../shared/report/text.ts';
import { asked } from '../asked.ts';
import { broken, type Check, ok, warning } from '../check.ts';

/** Amazon Inspector finds vulnerabilities of images, hosts and functions (Inspector API, BatchGetAccountStatus). */
export const inspector: Check = {
  name: 'inspector',
  look: async ({ stage: { region, config } }) => {
    const { BatchGetAccountStatusCommand, Inspector2Client } = await import('@aws-sdk/client-inspector2');
    const client = new Inspector2Client(clientConfig(config));
    const { accounts: [account] = [], failedAccounts: [failed] = [] } = await asked(
      'inspector2:BatchGetAccountStatus',
      () => client.send(new BatchGetAccountStatusCommand({})),
    );
    const turnOn = `Turn it on: aws inspector2 enable --resource-types EC2 ECR LAMBDA --region ${region}; where it is not wanted: --skip inspector.`;
    if (account === undefined) {
      const why = failed === undefined ? 'it answers nothing of this account' : plain(failed.errorMessage ?? '', 200);
      return broken(`Inspector does not say how it is: ${why}.`, turnOn);
    }
    const { status = 'unknown' } = account.state ?? {};
    if (status !== 'ENABLED') return broken(`Inspector is ${status} in ${region}.`, turnOn);
    const types = Object.entries(account.resourceState ?? {}).map(([type, is]) => ({ type, status: is?.status ?? '' }));
    const seen = types.map(({ type, status: is }) => `${type} ${is}`).join(', ');
    // Of images the registry says how they are scanned: `ecr-scanning`.
    const hosts = types.find(({ type }) => type === 'ec2');
    if (hosts?.status === 'ENABLED') return ok(`Inspector is enabled: ${seen}.`);
    return warning(`Inspector is enabled and does not look at hosts: ${seen}.`, turnOn);
  },
};
