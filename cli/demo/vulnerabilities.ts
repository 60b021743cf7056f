import type { Sandbox } from '../../sandbox/sandbox.ts';
import { comesNow } from './day.ts';
import type { Image } from './theatre.ts';

interface InspectorEvent {
  readonly detail: { readonly [name: string]: unknown };
}

/**
 * So many findings of Inspector about one image, as they come after one push: an event each, of critical vulnerabilities that an exploit is
 * known of.
 */
export function vulnerabilityEvents(
  account: Sandbox['account'],
  { repository, digest, tag }: Image,
  count: number,
  now: Date,
): readonly object[] {
  const arn = `arn:aws:ecr:${account.region}:${account.id}:repository/${repository}/${digest}`;
  return Array.from({ length: count }, (_, n): object => {
    // A file of ours, of which `comesNow` types the envelope alone.
    const event = comesNow(account, 'inspector-finding-exploited', now) as unknown as InspectorEvent;
    const { detail } = event;
    const vulnerabilityId = `CVE-2026-${20_000 + n}`;
    const shared = { repositoryName: repository, imageTags: [tag] };
    const [resource] = detail['resources'] as readonly [{ readonly details: { readonly [kind: string]: object } }];
    const { awsEcrContainerImage, image } = resource.details;
    return {
      ...event,
      resources: [arn],
      detail: {
        ...detail,
        findingArn: `arn:aws:inspector2:${account.region}:${account.id}:finding/${account.random.hex(32)}`,
        title: `${vulnerabilityId} - libexample`,
        packageVulnerabilityDetails: { ...(detail['packageVulnerabilityDetails'] as object), vulnerabilityId },
        resources: [
          {
            ...resource,
            id: arn,
            details: {
              awsEcrContainerImage: { ...awsEcrContainerImage, ...shared, imageHash: digest },
              image: { ...image, ...shared, imageDigest: digest },
            },
          },
        ],
      },
    };
  });
}
