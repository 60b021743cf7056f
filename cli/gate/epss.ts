import type { AskedImage, RunnableImage } from '../../shared/account/askedImage.ts';
import type { ImageReference } from '../../shared/account/imageReference.ts';
import { attempt, everyPage, type Unread } from '../../shared/account/reads.ts';
import type { EnhancedFinding } from '../../shared/finding/imageScan/reported.ts';
import { type AwsConfig, clientConfig } from '../../shared/platform/sdk/config.ts';

const arnOf = ({ findingArn }: EnhancedFinding): string => String(findingArn);

/**
 * ECR leaves out of Inspector's findings how likely they are exploited (EPSS), and Inspector's events have it: where rules ask for it, Inspector
 * is asked as well. Of a finding that Inspector does not list (it is another account's) it is said that this could not be read:
 * a rule that asks for a score never takes a finding without one.
 */
export async function withEpss(asked: AskedImage, reference: ImageReference, config: AwsConfig): Promise<AskedImage> {
  const unread: Unread[] = [...asked.unread];
  const runnable: RunnableImage[] = [];
  for (const one of asked.runnable) {
    const enhanced = one.scan?.enhanced ?? [];
    if (one.scan === null || enhanced.length === 0) {
      runnable.push(one);
      continue;
    }
    const place = `how likely the vulnerabilities of ${one.digest} are exploited (EPSS)`;
    const scores = await attempt(unread, place, () => readScores(reference, one.digest, config));
    const unlisted = scores === null ? [] : enhanced.filter((finding) => !scores.has(arnOf(finding)));
    if (unlisted.length > 0) {
      const why = `Amazon Inspector lists ${enhanced.length - unlisted.length} of its ${enhanced.length} findings here`;
      unread.push({ place, why });
    }
    const withScore = (finding: EnhancedFinding): EnhancedFinding => {
      const score = scores?.get(arnOf(finding)) ?? null;
      return score === null ? finding : { ...finding, epss: { score } };
    };
    runnable.push({ ...one, scan: { ...one.scan, enhanced: enhanced.map(withScore) } });
  }
  return { ...asked, runnable, unread };
}

/** ARN of each finding of an image that Inspector lists, with its score; null where it has none. */
async function readScores(
  { account, repository }: ImageReference,
  digest: string,
  config: AwsConfig,
): Promise<ReadonlyMap<string, number | null>> {
  const { Inspector2Client, ListFindingsCommand } = await import('@aws-sdk/client-inspector2');
  const client = new Inspector2Client(clientConfig(config));
  const equals = (value: string) => [{ comparison: 'EQUALS' as const, value }];
  try {
    const pages = await everyPage(
      (nextToken) =>
        client.send(
          new ListFindingsCommand({
            filterCriteria: {
              awsAccountId: equals(account),
              ecrImageHash: equals(digest),
              ecrImageRepositoryName: equals(repository),
            },
            maxResults: 100,
            nextToken,
          }),
        ),
      (page) => page.nextToken,
    );
    const listed = pages.flatMap(({ findings = [] }) => findings);
    return new Map(listed.map(({ findingArn = '', epss }) => [findingArn, epss?.score ?? null]));
  } finally {
    client.destroy();
  }
}
