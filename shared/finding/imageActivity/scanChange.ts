import { bounded, detailCount, titleLength } from '../bounds.ts';
import { readRepository } from '../ecrImage.ts';
import type { Finding } from '../finding.ts';
import { composeArn, type Place } from '../place.ts';
import { isAbsent, join, readArray, readObject, readText } from '../read.ts';
import type { EcrRepositoryResource, OtherResource } from '../resource.ts';
import { severityOf } from '../severity.ts';
import type { Envelope, Parsed } from '../source.ts';

interface Changed extends Place {
  readonly repository: string;
  readonly frequency: string;
  /** Null where the event does not say. */
  readonly before: string | null;
}

function readChange(value: unknown, path: string, { account, region }: Envelope): Changed {
  const change = readObject(value, path);
  const given = isAbsent(change['repository-arn']) ? 'repository-name' : 'repository-arn';
  const named = readRepository(change[given], join(path, given));
  const before = change['previous-scan-frequency'];
  return {
    repository: named.repository,
    account: named.account ?? account,
    region: named.region ?? region,
    frequency: readText(change['scan-frequency'], join(path, 'scan-frequency'), 100),
    before: isAbsent(before) ? null : readText(before, join(path, 'previous-scan-frequency'), 100),
  };
}

/** MANUAL: scanned only when somebody asks for it. */
const isSwitchedOff = ({ frequency, before }: Changed): boolean => frequency === 'MANUAL' && before !== 'MANUAL';

function finding(
  { time }: Envelope,
  { account, region }: Place,
  resource: EcrRepositoryResource | OtherResource,
  title: string,
): Finding {
  return {
    id: `ecr/ScanningSwitchedOff/${account}/${region}/${resource.id}`,
    source: 'ecr',
    type: 'ScanningSwitchedOff',
    status: 'open',
    ...severityOf('unknown'),
    account,
    region,
    observedAt: time,
    title: bounded(title, titleLength),
    sample: false,
    resource,
  };
}

function ofRepository(envelope: Envelope, { repository, before, ...place }: Changed): Finding {
  const arn = composeArn('ecr', place, `repository/${repository}`);
  const was = before === null ? '' : `, from ${before}`;
  const title = `${repository} is scanned by hand alone from now on (ECR Scan Resource Change${was} to MANUAL)`;
  return finding(envelope, place, { kind: 'ecr-repository', id: repository, arn, repository }, title);
}

/** A rule of the registry that goes takes hundreds of repositories along: one incident, not hundreds of messages. */
function ofRegistry(envelope: Envelope, off: readonly Changed[]): Finding {
  const { account, region } = envelope;
  const arn = composeArn('ecr', { account, region }, 'repository/*');
  const names = off.map(({ repository }) => repository).sort();
  const title = `${off.length} repositories are scanned by hand alone from now on (ECR Scan Resource Change to MANUAL): ${names.slice(0, 3).join(', ')} and more`;
  return finding(
    envelope,
    { account, region },
    { kind: 'other', id: `registry ${account}`, arn, type: 'EcrRegistry' },
    title,
  );
}

/**
 * `ECR Scan Resource Change` (ECR user guide, "Amazon ECR events and EventBridge"; enhanced scanning alone sends it): each repository whose
 * frequency went down to MANUAL is a finding, up to 20 of them; more are one finding about the registry. Any other change is no loss.
 */
export function parseScanChange(envelope: Envelope): Parsed {
  const detail = readObject(envelope.detail, 'detail');
  const action = readText(detail['action-type'], 'detail.action-type', 100);
  if (action !== 'SCAN_FREQUENCY_CHANGE') {
    return { kind: 'ignored', reason: `${action} is no change of how often a repository is scanned` };
  }
  const changes = readArray(detail['repositories'], 'detail.repositories');
  const off = changes
    .map((change, at) => readChange(change, join('detail.repositories', at), envelope))
    .filter(isSwitchedOff);
  if (off.length === 0) return { kind: 'ignored', reason: 'scanning was switched off for no repository' };
  const findings =
    off.length > detailCount ? [ofRegistry(envelope, off)] : off.map((change) => ofRepository(envelope, change));
  return { kind: 'findings', findings };
}
