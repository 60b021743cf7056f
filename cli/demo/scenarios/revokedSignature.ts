import { DescribeImageSigningStatusCommand, ECRClient } from '@aws-sdk/client-ecr';
import { RevokeSignatureCommand, SignerClient } from '@aws-sdk/client-signer';
import { rootSha256 } from '../../../sandbox/services/signer/chain.ts';
import { putParameter } from '../../../sandbox/services/ssm/parameters.ts';
import { clientOf } from '../client.ts';
import { incidentNow } from '../layers/layer.ts';
import { expectHeard, shown } from '../looks.ts';
import { expectThat, type Scenario } from '../scenario.ts';

const wanted = `images:
  signed:
    profiles: ["arn:aws:signer:us-east-1:123456789012:/signing-profiles/release"]
    revocation: ask
    roots: [${rootSha256}]
`;
const jobId = '5a1e0000-0000-4000-8000-000000000001';
const repositoryName = 'shop/catalogue';
const hourSeconds = 3600;
const daySeconds = 24 * hourSeconds;

export const revokedSignature: Scenario = {
  name: 'revoked-signature',
  title:
    'A service runs a signed image, and its signature is revoked: ECR goes on saying COMPLETE, the inventory does not',
  world: 'signed.account.yaml',
  ofDays: true,
  steps: [
    {
      title:
        'An admin writes into the settings who must have signed, and that AWS Signer is asked; what runs is signed',
      happen: async (theatre) => {
        await theatre.pass(hourSeconds + 1);
        putParameter(theatre.sandbox.account, { name: '/firebreak/dev/settings', value: wanted });
        await theatre.pass(61);
        const status = await theatre.status();
        expectThat(status.startsWith('Rule set 2 decides'), `the guard says: ${status}`);
        const heard = theatre.heard().map(shown);
        await theatre.pass(hourSeconds);
        await theatre.settle();
        return [...wanted.trim().split('\n'), ...heard, ...expectHeard(theatre, '')];
      },
    },
    {
      title:
        'The build turns out not to be theirs: they revoke what its job signed, and ECR says of it what it said before',
      happen: async (theatre) => {
        const client = new SignerClient({ ...clientOf(theatre), disableHostPrefix: true });
        await client.send(new RevokeSignatureCommand({ jobId, reason: 'built on a machine that was not ours' }));
        const { signingStatuses = [] } = await new ECRClient(clientOf(theatre)).send(
          new DescribeImageSigningStatusCommand({ repositoryName, imageId: { imageTag: '6.0.0' } }),
        );
        const said = signingStatuses.map(({ status }) => status).join();
        expectThat(said === 'COMPLETE', `ECR says ${said}`);
        return [`revoked: signing job ${jobId}`, `ECR, DescribeImageSigningStatus: ${said}`];
      },
    },
    {
      title:
        'The next look at what runs verifies the signature and asks AWS Signer: it is refused, and a notice says so',
      happen: async (theatre) => {
        await theatre.pass(daySeconds);
        await theatre.settle();
        const { findings, outcome, rule } = await incidentNow(theatre);
        expectThat(rule?.name === 'image-refused' && outcome === 'observed', `rule ${rule?.name}, ${outcome}`);
        const [refused] = findings;
        expectThat(refused?.title.includes(jobId) === true, `the finding says: ${refused?.title}`);
        return [
          ...findings.map(({ title, type }) => `${title} (${type})`),
          ...expectHeard(theatre, 'notice', ['What happened']),
        ];
      },
    },
  ],
};
