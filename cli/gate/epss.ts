import type { AskedImage, RunnableImage } from '../../shared/account/askedImage.ts';
import type { ImageReference } from '../../shared/account/imageReference.ts';
import { attempt, everyPage, type Unread } from '../../shared/account/reads.ts';
import type { EnhancedFinding } from '../../shared/finding/imageScan/reported.ts';
import { type AwsConfig, clientConfig } from '../../shared/platform/sdk/config.ts';
import type { FindingPath } from '../../shared/rules/fields.ts';
import { pathsAsked } from '../../shared/rules/pathsAsked.ts';
import type { RuleSet } from '../../shared/rules/rule.ts';

const arnOf = ({ findingArn }: EnhancedFinding): string => String(findingArn);

/** What Inspector's events have of how a vulnerability is exploited, and ECR leaves out: how likely it is, and when it was last seen. */
const leftOut: readonly FindingPath[] = ['vulnerability.epss', 'vulnerability.exploited.at'];

export const asksLeftOut = (set: RuleSet): boolean => {
  const asked = pathsAsked(set);
  return leftOut.some((path) => asked.has(path));
};

/**
 * ECR leaves out of Inspector's findings how likely they are exploited (EPSS) and when they were last seen exploited, and Inspector's events have
 * both: where rules ask for one, Inspector is asked as well. Of a finding that Inspector does not list (it is another account's) it is said
 * that this could not be read: a rule that asks for either never takes a finding without it.
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
    const place = `how the vulnerabilities of ${one.digest} are exploited (EPSS, last seen)`;
    const said = await attempt(unread, place, () => readExploits(reference, one.digest, config));
    const unlisted = said === null ? [] : enhanced.filter((finding) => !said.has(arnOf(finding)));
    if (unlisted.length > 0) {
      const why = `Amazon Inspector lists ${enhanced.length - unlisted.length} of its ${enhanced.length} findings here`;
      unread.push({ place, why });
    }
    const whole = enhanced.map((finding) => ({ ...finding, ...said?.get(arnOf(finding)) }));
    runnable.push({ ...one, scan: { ...one.scan, enhanced: whole } });
  }
  return { ...asked, runnable, unread };
}

/** ARN of each finding of an image that Inspector lists, with what it says there of how it is exploited, as its events say it. */
async function readExploits(
  { account, repository }: ImageReference,
  digest: string,
  config: AwsConfig,
): Promise<ReadonlyMap<string, EnhancedFinding>> {
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
    return new Map(
      listed.map(({ findingArn = '', epss, exploitabilityDetails }) => [
        findingArn,
        {
          ...(epss?.score === undefined ? {} : { epss: { score: epss.score } }),
          exploitabilityDetails: { lastKnownExploitAt: exploitabilityDetails?.lastKnownExploitAt?.toISOString() },
        },
      ]),
    );
  } finally {
    client.destroy();
  }
}
