import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { credentialsFor, issuedSessions, type Session } from '../../sandbox/iam/credentials.ts';
import { DescribeImagesCommand, ECRClient, UpdateImageStorageClassCommand } from '../../shared/platform/sdk/ecr.ts';
import { plain, plainImages } from './plainImages.ts';
import type { Image } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

const accused = plain('a');
const other = plain('b');
const change = 'ecr:UpdateImageStorageClass';
const responder = 'firebreak-dev-us-east-1-responder';

type Opened = readonly { readonly credentials: Session['credentials'] }[];

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ world: plainImages });
  stage.scan(accused);
  await stage.settle();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** The sessions that the functions opened while the image was contained: to act, and to read before and after. */
function sessions(): { readonly changing: Opened; readonly reading: Opened } {
  const opened = issuedSessions(stage.account).flatMap(({ credentials, principal }) =>
    principal.kind === 'role' && principal.roleName === responder ? [{ credentials, ...principal }] : [],
  );
  const archives = ({ sessionPolicies }: (typeof opened)[number]) => sessionPolicies.join().includes(change);
  const changing = opened.filter((session) => archives(session));
  const reading = opened.filter((session) => !archives(session));
  expect(new Set(changing.map(({ arn }) => arn.split('/').at(-1)))).toEqual(new Set(['firebreak-dev-act']));
  expect(new Set(reading.map(({ arn }) => arn.split('/').at(-1)))).toEqual(
    new Set(['firebreak-dev-act', 'firebreak-dev-read']),
  );
  return { changing, reading };
}

const clientOf = ({ expiration: _virtual, ...credentials }: Session['credentials']): ECRClient =>
  new ECRClient({ region: 'us-east-1', endpoint: stage.sandbox.door.endpoint, credentials, maxAttempts: 1 });

const archive = (credentials: Session['credentials'], { repository, digest }: Image) =>
  clientOf(credentials).send(
    new UpdateImageStorageClassCommand({
      repositoryName: repository,
      imageId: { imageDigest: digest },
      targetStorageClass: 'ARCHIVE',
    }),
  );
const describeImages = (credentials: Session['credentials'], { repository }: Image) =>
  clientOf(credentials).send(new DescribeImagesCommand({ repositoryName: repository, filter: { imageStatus: 'ANY' } }));

const notBySession = {
  name: 'AccessDeniedException',
  message: expect.stringContaining('because no session policy allows'),
};

describe('the credentials that a step ran on', () => {
  it('archive nothing of another repository, and do not look into it', async () => {
    for (const { credentials } of sessions().changing) {
      await expect(archive(credentials, other)).rejects.toMatchObject(notBySession);
      await expect(describeImages(credentials, other)).rejects.toMatchObject(notBySession);
      expect((await describeImages(credentials, accused)).imageDetails).toHaveLength(1);
    }
    expect(stage.statuses(other.repository)).toEqual({ [other.digest]: 'ACTIVE' });
  });

  it('do not archive the image itself where they are to read, or to keep evidence', async () => {
    for (const { credentials } of sessions().reading) {
      await expect(archive(credentials, accused)).rejects.toMatchObject(notBySession);
    }
  });

  it('are narrower than the role that they are of: it is the session that refuses', async () => {
    await archive(credentialsFor(stage.account, responder, 'without-a-session-policy'), other);
    expect(stage.statuses(other.repository)).toEqual({ [other.digest]: 'ARCHIVED' });
  });
});
