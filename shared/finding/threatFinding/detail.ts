import { bounded, titleLength } from '../bounds.ts';
import { firstDate } from '../dates.ts';
import type { Finding } from '../finding.ts';
import { fieldsIn, textIn } from '../given.ts';
import { readPlace } from '../place.ts';
import { type Fields, readNumber, readObject, readText } from '../read.ts';
import { labelOfScore } from '../severity.ts';
import type { Envelope, Parsed } from '../source.ts';
import { accusedBy } from './resource.ts';
import { isSample } from './sample.ts';
import { threatIn } from './threat.ts';

/** What a finding says whatever it is about. Without an id, a type or a severity it says nothing: InvalidEvent. */
function statementOf(detail: Fields, envelope: Envelope) {
  const type = readText(detail['type'], 'detail.type', 200);
  const severity = readNumber(detail['severity'], 'detail.severity', 0, 10);
  const service = fieldsIn(detail, 'service');
  const observedAt = firstDate([service['eventLastSeen'], detail['updatedAt']], envelope.time);
  return {
    source: 'guardduty',
    type,
    // Archived by hand, it is sent again only when it is seen again, and that is news: who may archive must not silence what follows.
    status: 'open',
    severity,
    label: labelOfScore(severity),
    observedAt,
    title: bounded(
      textIn(detail, 'title', titleLength) ?? textIn(detail, 'description', titleLength) ?? type,
      titleLength,
    ),
    sample: isSample(detail),
    threat: threatIn(detail, observedAt),
  } as const satisfies Partial<Finding>;
}

/**
 * `GuardDuty Finding`: one finding for each resource that it accuses. GuardDuty keeps one id while the same is seen again and again,
 * and overwrites the details with the last: the resource is part of the key, so that a new task is never taken for the old one.
 */
export function parseThreatFinding(envelope: Envelope): Parsed {
  const detail = readObject(envelope.detail, 'detail');
  const id = readText(detail['id'], 'detail.id', 200);
  const statement = statementOf(detail, envelope);
  const accused = accusedBy(detail, id, readPlace(detail, envelope));
  const findings = accused.map(({ account, region, resource }) => ({
    id: `guardduty/${account}/${region}/${id}#${resource.id}`,
    ...statement,
    account,
    region,
    resource,
  }));
  return { kind: 'findings', findings };
}
